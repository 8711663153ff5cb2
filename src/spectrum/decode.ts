/** Bytes per number of every dtype that the engines read. */
export const widths: Readonly<Record<string, number>> = { F64: 8, F32: 4, F16: 2, BF16: 2 };

/** How many of some numbers were not finite. */
export interface NotFinite {
  readonly nan: number;
  readonly infinite: number;
}

/**
 * Little-endian numbers of `dtype` as float64, written to `out` from place `at` on. Every value of F32, F16 and BF16 is
 * exact in float64. `bytes` is scratch: where the platform is big-endian it is swapped in place.
 *
 * `decodeInto(bytes of 0x3fc0 0xff80, 'BF16', out, 0)` writes 1.5 and −∞ and returns `{nan: 0, infinite: 1}`.
 */
export function decodeInto(bytes: Uint8Array<ArrayBuffer>, dtype: string, out: Float64Array, at: number): NotFinite {
  const values = numbers(bytes, dtype);
  const table = tables[dtype]?.();
  let nan = 0;
  let infinite = 0;
  for (let index = 0; index < values.length; index++) {
    const stored = values[index] as number;
    const value = table ? (table[stored] as number) : stored;
    if (!Number.isFinite(value)) {
      if (Number.isNaN(value)) nan++;
      else infinite++;
    }
    out[at + index] = value;
  }
  return { nan, infinite };
}

/** The bytes as an array of their numbers; of 16-bit types, their bit patterns. */
function numbers(bytes: Uint8Array<ArrayBuffer>, dtype: string): Float64Array | Float32Array | Uint16Array {
  // Views of wider numbers must begin at a multiple of their width.
  const own = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  if (bigEndian) swap(own, widths[dtype] ?? 1);
  const { buffer, byteOffset, byteLength } = own;
  if (dtype === 'F64') return new Float64Array(buffer, byteOffset, byteLength / 8);
  if (dtype === 'F32') return new Float32Array(buffer, byteOffset, byteLength / 4);
  return new Uint16Array(buffer, byteOffset, byteLength / 2);
}

const bigEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 0;

function swap(bytes: Uint8Array, width: number): void {
  for (let start = 0; start < bytes.length; start += width) bytes.subarray(start, start + width).reverse();
}

/** The values of all 16-bit patterns, computed at first use: reading one is three times as fast as taking bits apart. */
const tables: Readonly<Record<string, () => Float64Array>> = { F16: once(halfToNumber), BF16: once(bfloatToNumber) };

function once(valueOf: (bits: number) => number): () => Float64Array {
  let table: Float64Array | undefined;
  return () => {
    table ??= Float64Array.from({ length: 65_536 }, (_, bits) => valueOf(bits));
    return table;
  };
}

/** IEEE 754 binary16: 1 sign bit, 5 exponent bits, 10 fraction bits. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const word = new DataView(new ArrayBuffer(4));

/** bfloat16 is the upper half of a float32. */
function bfloatToNumber(bits: number): number {
  word.setUint32(0, bits << 16);
  return word.getFloat32(0);
}
