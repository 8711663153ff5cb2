/**
 * Eight-bit floats as tables of 256 numbers, every one exact in float64.
 * Source: "FP8 formats for deep learning" (Micikevicius et al. 2022, table 1) and, for the exponent-only scale, the OCP
 * Microscaling specification 1.0 (§ 5.4.1).
 */
export const float8: Readonly<Record<string, Float64Array>> = {
  // Bias 7, no infinities; only the pattern with all bits set is NaN.
  F8_E4M3: table((bits) => (bits % 128 === 127 ? Number.NaN : number(bits, 4, 3, 7))),
  // Bias 15; the last exponent holds infinity and NaN as in IEEE 754.
  F8_E5M2: table((bits) => {
    if (((bits >> 2) & 31) < 31) return number(bits, 5, 2, 15);
    return bits & 3 ? Number.NaN : bits & 128 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }),
  // A power of two and nothing else.
  F8_E8M0: table((bits) => (bits === 255 ? Number.NaN : 2 ** (bits - 127))),
};

function table(value: (bits: number) => number): Float64Array {
  return Float64Array.from({ length: 256 }, (_, bits) => value(bits));
}

/** Sign, exponent and fraction; exponent 0 is subnormal. */
function number(bits: number, exponentBits: number, fractionBits: number, bias: number): number {
  const sign = bits & 128 ? -1 : 1;
  const exponent = (bits >> fractionBits) & (2 ** exponentBits - 1);
  const fraction = (bits & (2 ** fractionBits - 1)) / 2 ** fractionBits;
  return sign * (exponent === 0 ? fraction * 2 ** (1 - bias) : (1 + fraction) * 2 ** (exponent - bias));
}
