import { widths } from './dtype-widths.ts';
import { notFinite, unsupported } from './refusals.ts';

/**
 * Little-endian tensor bytes as float64, row-major. Every value of F32, F16 and BF16 is exact in float64.
 * Throws `dtype-unsupported` for integer and packed types, whose numbers mean nothing without their scales, and
 * `weights-not-finite` with the counts of NaN and Inf.
 */
export function decodeWeights(bytes: Uint8Array, dtype: string, name: string): Float64Array {
  const width = widths[dtype];
  if (width === undefined) throw unsupported(dtype, name);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = readers[dtype] ?? readers.F32;
  const values = new Float64Array(bytes.byteLength / width);
  let nan = 0;
  let infinite = 0;
  for (let index = 0; index < values.length; index++) {
    const value = read?.(view, index * width) ?? Number.NaN;
    if (!Number.isFinite(value)) {
      if (Number.isNaN(value)) nan++;
      else infinite++;
    }
    values[index] = value;
  }
  if (nan + infinite > 0) throw notFinite(name, nan, infinite, values.length);
  return values;
}

const word = new DataView(new ArrayBuffer(4));

const readers: Readonly<Record<string, (view: DataView, offset: number) => number>> = {
  F64: (view, offset) => view.getFloat64(offset, true),
  F32: (view, offset) => view.getFloat32(offset, true),
  F16: (view, offset) => halfToNumber(view.getUint16(offset, true)),
  BF16: (view, offset) => {
    word.setUint32(0, view.getUint16(offset, true) << 16);
    return word.getFloat32(0);
  },
};

/** IEEE 754 binary16: 1 sign bit, 5 exponent bits, 10 fraction bits. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
