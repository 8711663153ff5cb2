/**
 * Seeded Gaussian noise for the magnitude-matched null, the same on every engine: xoshiro128** (Blackman & Vigna 2018)
 * seeded by four steps of splitmix32, 53-bit uniforms from two draws (high word first), Box–Muller with the cosine
 * first. Entries are drawn in row-major order. Integer steps are exact everywhere; ln, cos and sin may differ in the
 * last bit between platforms.
 */
export function gaussianNoise(length: number, seed: number): Float64Array {
  const uniform = uniformStream(seed);
  const noise = new Float64Array(length);
  for (let index = 0; index < length; index += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    noise[index] = radius * Math.cos(angle);
    if (index + 1 < length) noise[index + 1] = radius * Math.sin(angle);
  }
  return noise;
}

/** The uniforms in [0, 1) that the noise is made of, 53 bits each. */
export function uniformStream(seed: number): () => number {
  const next = xoshiro128(seed);
  return () => ((next() >>> 5) * 67_108_864 + (next() >>> 6)) / 9_007_199_254_740_992;
}

/** The same noise scaled so that its Frobenius norm is `norm`. */
export function scaledNoise(length: number, norm: number, seed: number): Float64Array {
  const noise = gaussianNoise(length, seed);
  let squares = 0;
  for (const value of noise) squares += value * value;
  const scale = norm / Math.sqrt(squares);
  return noise.map((value) => value * scale);
}

function xoshiro128(seed: number): () => number {
  let state = seed | 0;
  const splitmix32 = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  let [a, b, c, d] = [splitmix32(), splitmix32(), splitmix32(), splitmix32()];
  return () => {
    const scrambled = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return scrambled;
  };
}

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
