/** Bytes per number of every dtype that the engines read. */
export const widths: Readonly<Record<string, number>> = { F64: 8, F32: 4, F16: 2, BF16: 2 };
