import type { TensorLocation } from './checkpoint.ts';
import { scaledDtypes } from './dtypes.ts';

type Config = Readonly<Record<string, unknown>>;

/** Rows and columns of a block of DeepSeek's scales, where the config names none. */
const usualBlock: readonly [number, number] = [128, 128];

/**
 * The scheme that a stored tensor is quantised with, where its numbers are not read: one sentence, or undefined. Told by the
 * tensors that lie beside it.
 */
export function schemeOf(tensor: TensorLocation, names: ReadonlySet<string>, config: Config): string | undefined {
  const { name, dtype } = tensor;
  const beside = (suffix: string): boolean => names.has(name.replace(/\.[^.]*$/, suffix));
  if (/\.(qweight|qzeros|g_idx)$/.test(name) || (/\.scales$/.test(name) && beside('.qweight'))) {
    const method = (config.quantization_config as { quant_method?: unknown } | undefined)?.quant_method;
    const gptq = method === 'gptq' || (method !== 'awq' && beside('.g_idx'));
    return `Quantised with ${gptq ? 'GPTQ' : 'AWQ'} (qweight, qzeros, scales): not dequantised; give the unquantised checkpoint.`;
  }
  if (/\.(SCB|weight_format)$/.test(name) || (dtype === 'I8' && beside('.SCB')))
    return 'Quantised with bitsandbytes to int8 (SCB): not dequantised; give the unquantised checkpoint.';
  if (
    /\.(absmax|quant_map|nested_absmax|nested_quant_map|quant_state\.bitsandbytes__\w+)$/.test(name) ||
    names.has(`${name}.absmax`)
  )
    return 'Quantised with bitsandbytes to four bits (absmax): not dequantised; give the unquantised checkpoint.';
  if (
    /_blocks$/.test(name) ||
    (/_scales$/.test(name) && names.has(name.replace(/_scales$/, '_blocks'))) ||
    dtype === 'MXFP4'
  )
    return 'Quantised to MXFP4 (blocks and scales): not dequantised; give the unquantised checkpoint.';
  if (/\.weight_(packed|shape|zero_point|global_scale)$/.test(name))
    return 'Packed by compressed-tensors: not dequantised; give the unquantised checkpoint.';
  return undefined;
}

/** True for factors that belong to another tensor. */
export function isScale({ name }: TensorLocation): boolean {
  return /(^|[._])(scales?|scale_inv|q?zeros)$/.test(name);
}

/**
 * An eight-bit float tensor with its factors: `…weight_scale_inv` (DeepSeek: one a block of 128 × 128, or as the config's
 * `weight_block_size` says) or `…weight_scale` (one for all, or one a row). Both are multiplied with.
 * One sentence where there are none or they do not fit.
 */
export function withScale(
  tensor: TensorLocation,
  stored: ReadonlyMap<string, TensorLocation>,
  config: Config,
): TensorLocation | string {
  const { name, dtype, shape } = tensor;
  if (!scaledDtypes.has(dtype)) return tensor;
  const scale = stored.get(`${name}_scale_inv`) ?? stored.get(`${name}_scale`);
  if (!scale)
    return `Dtype ${dtype}: eight-bit values mean nothing without their scales, and there are none beside them.`;
  const [rows = 0, cols = 0] = shape;
  const count = scale.shape.reduce((product, size) => product * size, 1);
  const [blockRows, blockCols] = blockSize(config);
  const [down, across] = [Math.ceil(rows / blockRows), Math.ceil(cols / blockCols)];
  const plain = ({ strides: _strides, ...rest }: TensorLocation, sides: readonly number[]): TensorLocation => ({
    ...rest,
    shape: sides,
  });
  if (shape.length === 2 && !scale.strides) {
    if (count === 1) return { ...tensor, scaled: { scale: plain(scale, [1, 1]), blockRows: rows, blockCols: cols } };
    if (count === rows && scale.shape[0] === rows)
      return { ...tensor, scaled: { scale: plain(scale, [rows, 1]), blockRows: 1, blockCols: cols } };
    if (scale.shape.length === 2 && scale.shape[0] === down && scale.shape[1] === across)
      return { ...tensor, scaled: { scale, blockRows, blockCols } };
  }
  return `Dtype ${dtype}: its scales are laid out in a way that is not known.`;
}

function blockSize(config: Config): readonly [number, number] {
  const quantisation = config.quantization_config as { weight_block_size?: unknown } | undefined;
  const size = quantisation?.weight_block_size;
  if (!Array.isArray(size) || size.length !== 2) return usualBlock;
  const [rows, cols] = size as [unknown, unknown];
  const fits = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;
  return fits(rows) && fits(cols) ? [rows, cols] : usualBlock;
}
