import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readableBlocks } from '../../src/checkpoint/dtypes.ts';
import { decodeElements } from '../../src/spectrum/decode.ts';

/** Eight blocks, then the float32 numbers that the gguf package reads from them (test/checkpoint/fixtures/make.py). */
function fixture(dtype: string): { blocks: Uint8Array; expected: Float32Array } {
  const bytes = new Uint8Array(readFileSync(new URL(`../checkpoint/fixtures/ggml-${dtype}.bin`, import.meta.url)));
  const split = 8 * (readableBlocks[dtype]?.bytes ?? 0);
  return { blocks: bytes.slice(0, split), expected: new Float32Array(bytes.slice(split).buffer) };
}

test.each(['Q8_0', 'Q4_0', 'Q4_K', 'Q5_K', 'Q6_K'])(
  '%s blocks hold the numbers that gguf reads, before its rounding to float32',
  (dtype) => {
    const { blocks, expected } = fixture(dtype);
    const values = decodeElements(blocks, dtype, 'w');
    expect(values.length).toBe(expected.length);
    expect(new Set(values).size).toBeGreaterThan(50);
    // A zero scale gives −0 here or there; they are the same number.
    for (const [index, value] of values.entries()) expect(Math.fround(value) - (expected[index] as number)).toBe(0);
  },
);

test('a cut block gives nothing', () => {
  expect(decodeElements(new Uint8Array(33), 'Q8_0', 'w')).toHaveLength(0);
});
