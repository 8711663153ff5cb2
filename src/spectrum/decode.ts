import { blockOf } from '../checkpoint/dtypes.ts';
import { float8 } from './float8.ts';
import { ggmlBlocks } from './ggml-blocks.ts';
import { halfToNumber } from './half.ts';
import { unsupported } from './refusals.ts';

/**
 * Little-endian stored bytes, whole blocks, as float64, in the order in which they are stored. Exact: no number is rounded.
 * NaN and Inf come through. `Q8_0` with 68 bytes gives 64 numbers.
 * Throws `dtype-unsupported` for integer and packed types, whose numbers mean nothing without their scales.
 */
export function decodeElements(bytes: Uint8Array, dtype: string, name: string): Float64Array {
  const block = blockOf(dtype);
  if (!block) throw unsupported(dtype, name);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = Math.floor(bytes.byteLength / block.bytes);
  const values = new Float64Array(count * block.elements);
  const readBlock = ggmlBlocks[dtype];
  const read = plain[dtype];
  for (let index = 0; index < count; index++) {
    if (readBlock) readBlock(view, index * block.bytes, values, index * block.elements);
    else if (read) values[index] = read(view, index * block.bytes);
  }
  return values;
}

const word = new DataView(new ArrayBuffer(4));

const plain: Readonly<Record<string, (view: DataView, offset: number) => number>> = {
  F64: (view, offset) => view.getFloat64(offset, true),
  F32: (view, offset) => view.getFloat32(offset, true),
  F16: (view, offset) => halfToNumber(view.getUint16(offset, true)),
  BF16: (view, offset) => {
    word.setUint32(0, view.getUint16(offset, true) << 16);
    return word.getFloat32(0);
  },
  F8_E4M3: (view, offset) => float8.F8_E4M3?.[view.getUint8(offset)] ?? Number.NaN,
  F8_E5M2: (view, offset) => float8.F8_E5M2?.[view.getUint8(offset)] ?? Number.NaN,
  F8_E8M0: (view, offset) => float8.F8_E8M0?.[view.getUint8(offset)] ?? Number.NaN,
};
