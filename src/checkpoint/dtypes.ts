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

/**
 * Dtypes whose stored numbers are the weights themselves. Eight-bit and smaller floats are not among them: they
 * are quantised values that mean nothing without scales kept in other tensors.
 */
export const floatDtypes: ReadonlySet<string> = new Set(['F64', 'F32', 'F16', 'BF16']);
