import { halfToNumber } from './half.ts';

/** Numbers of one block at `offset`, written to `out` from `at`. */
type ReadBlock = (view: DataView, offset: number, out: Float64Array, at: number) => void;

/**
 * Readers of GGUF's quantised blocks. Scales are halves and quants small integers, so that each product is exact in
 * float64; the reference rounds to float32 once more. Layouts: `dequantize_blocks` of the gguf package, 0.19.
 */
export const ggmlBlocks: Readonly<Record<string, ReadBlock>> = {
  /** d · q, q signed bytes. 34 bytes: d, 32 q. */
  Q8_0(view, offset, out, at) {
    const d = half(view, offset);
    for (let index = 0; index < 32; index++) out[at + index] = d * view.getInt8(offset + 2 + index);
  },
  /** d · (q − 8), q four bits: low halves of 16 bytes, then their high halves. 18 bytes. */
  Q4_0(view, offset, out, at) {
    const d = half(view, offset);
    for (let index = 0; index < 16; index++) {
      const byte = view.getUint8(offset + 2 + index);
      out[at + index] = d * ((byte & 15) - 8);
      out[at + 16 + index] = d * ((byte >> 4) - 8);
    }
  },
  /** d · s · q − dmin · m, s and m six bits for each 32 numbers. 144 bytes: d, dmin, 12 of s and m, 128 of q. */
  Q4_K(view, offset, out, at) {
    for (let part = 0; part < 8; part++) {
      const [scale, minimum] = scaleAndMinimum(view, offset, part);
      for (let index = 0; index < 32; index++) {
        const q = nibble(view, offset + 16, part, index);
        out[at + part * 32 + index] = scale * q - minimum;
      }
    }
  },
  /** As Q4_K with a fifth bit of q: bit `part` of byte `index` of 32 more bytes. 176 bytes. */
  Q5_K(view, offset, out, at) {
    for (let part = 0; part < 8; part++) {
      const [scale, minimum] = scaleAndMinimum(view, offset, part);
      for (let index = 0; index < 32; index++) {
        const high = (view.getUint8(offset + 16 + index) >> part) & 1;
        out[at + part * 32 + index] = scale * (nibble(view, offset + 48, part, index) + 16 * high) - minimum;
      }
    }
  },
  /**
   * d · s · (q − 32), s a signed byte for each 16 numbers, q six bits. 210 bytes: 128 of low four bits, 64 of high two
   * bits, 16 of s, d. Numbers come in two halves of 128; in each, four runs of 32 share their bytes.
   */
  Q6_K(view, offset, out, at) {
    const d = half(view, offset + 208);
    for (let part = 0; part < 8; part++) {
      const [upper, run] = [part >> 2, part & 3];
      for (let index = 0; index < 32; index++) {
        const low = view.getUint8(offset + upper * 64 + (run & 1) * 32 + index) >> (run >> 1 ? 4 : 0);
        const high = view.getUint8(offset + 128 + upper * 32 + index) >> (2 * run);
        const scale = view.getInt8(offset + 192 + part * 2 + (index >> 4));
        out[at + part * 32 + index] = d * scale * (((low & 15) | ((high & 3) << 4)) - 32);
      }
    }
  },
};

function half(view: DataView, offset: number): number {
  return halfToNumber(view.getUint16(offset, true));
}

/** Four bits: 32 low halves, then the high halves of the same 32 bytes, and so on. */
function nibble(view: DataView, offset: number, part: number, index: number): number {
  return (view.getUint8(offset + (part >> 1) * 32 + index) >> (part & 1 ? 4 : 0)) & 15;
}

/** d · s and dmin · m of one of eight parts; six bits each, the last four parts spread over three rows of four bytes. */
function scaleAndMinimum(view: DataView, offset: number, part: number): [number, number] {
  const byte = (row: number): number => view.getUint8(offset + 4 + row * 4 + (part & 3));
  const scale = part < 4 ? byte(0) & 63 : (byte(2) & 15) | ((byte(0) >> 2) & 48);
  const minimum = part < 4 ? byte(1) & 63 : (byte(2) >> 4) | ((byte(1) >> 2) & 48);
  return [half(view, offset) * scale, half(view, offset + 2) * minimum];
}
