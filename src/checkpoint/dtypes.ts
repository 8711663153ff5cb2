/**
 * Bits of one element for every dtype of the safetensors format, sub-byte ones included.
 * Source: the `Dtype` enumeration of the format's reference implementation, safetensors 0.8.
 */
export const dtypeBits: Readonly<Record<string, number>> = {
  BOOL: 8,
  U8: 8,
  I8: 8,
  U16: 16,
  I16: 16,
  U32: 32,
  I32: 32,
  U64: 64,
  I64: 64,
  F4: 4,
  F6_E2M3: 6,
  F6_E3M2: 6,
  F8_E4M3: 8,
  F8_E4M3FNUZ: 8,
  F8_E5M2: 8,
  F8_E5M2FNUZ: 8,
  F8_E8M0: 8,
  F16: 16,
  BF16: 16,
  F32: 32,
  F64: 64,
  C64: 64,
};

/** A run of numbers that is stored as one piece: how many numbers, in how many bytes. */
export interface Block {
  readonly elements: number;
  readonly bytes: number;
}

/**
 * Every dtype whose numbers can be read, plain ones as blocks of one number. The sizes of the quantised blocks are those of
 * the GGUF format (gguf 0.19, GGML_QUANT_SIZES): 32 numbers with one scale, or 256 with scales of sub-blocks.
 */
export const readableBlocks: Readonly<Record<string, Block>> = {
  F64: { elements: 1, bytes: 8 },
  F32: { elements: 1, bytes: 4 },
  F16: { elements: 1, bytes: 2 },
  BF16: { elements: 1, bytes: 2 },
  F8_E4M3: { elements: 1, bytes: 1 },
  F8_E5M2: { elements: 1, bytes: 1 },
  F8_E8M0: { elements: 1, bytes: 1 },
  Q8_0: { elements: 32, bytes: 34 },
  Q4_0: { elements: 32, bytes: 18 },
  Q4_K: { elements: 256, bytes: 144 },
  Q5_K: { elements: 256, bytes: 176 },
  Q6_K: { elements: 256, bytes: 210 },
};

/** The block of a readable dtype, or undefined; own entries only, since names come out of files. */
export function blockOf(dtype: string): Block | undefined {
  return Object.hasOwn(readableBlocks, dtype) ? readableBlocks[dtype] : undefined;
}

/**
 * Dtypes whose stored numbers are the weights themselves: floats, and GGUF blocks, which carry their own scales. Eight-bit
 * floats are not among them: they are quantised values that mean nothing without scales kept in other tensors.
 */
export const wholeDtypes: ReadonlySet<string> = new Set([
  'F64',
  'F32',
  'F16',
  'BF16',
  'Q8_0',
  'Q4_0',
  'Q4_K',
  'Q5_K',
  'Q6_K',
]);

/** Eight-bit floats that become weights with their scales. */
export const scaledDtypes: ReadonlySet<string> = new Set(['F8_E4M3', 'F8_E5M2']);
