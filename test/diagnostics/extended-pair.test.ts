import { expect, test } from 'vitest';
import type { TensorLocation } from '../../src/checkpoint/checkpoint.ts';
import { extendedPair } from '../../src/diagnostics/extended-pair.ts';

const [before, after] = [{ file: 'before' }, { file: 'after' }] as unknown as [TensorLocation, TensorLocation];

/** Notes what is asked and answers with what can be told apart. */
function engine(asked: unknown[]) {
  return {
    difference: async (...tensors: unknown[]) => {
      asked.push(['difference', ...tensors]);
      return { eigenvalues: Float64Array.of(1) };
    },
    overlap: async (...what: unknown[]) => {
      asked.push(['overlap', ...what]);
      return [0.9, 0.5];
    },
    medianChange: async (...tensors: unknown[]) => {
      asked.push(['median', ...tensors]);
      return 0.25;
    },
  } as unknown as Parameters<typeof extendedPair>[0];
}

test('asks for the overlap at 16 directions and at those that hold 90 % of the energy of the reference', async () => {
  const asked: unknown[] = [];
  // Ascending: of a sum of 100 the largest two hold 90.
  const eigenvalues = Float64Array.from([...new Array<number>(20).fill(0.5), 40, 50]);
  expect(await extendedPair(engine(asked), before, after, eigenvalues)).toMatchObject({
    overlap: { at16: { rank: 16, value: 0.9 }, at90: { rank: 2, value: 0.5 } },
    medianChange: 0.25,
  });
  expect(asked).toEqual([
    ['difference', before, after],
    ['overlap', before, after, [16, 2]],
    ['median', before, after],
  ]);
});

test('a matrix with fewer than 16 directions is compared on all of them', async () => {
  const { overlap } = await extendedPair(engine([]), before, after, Float64Array.of(1, 1, 1));
  expect(overlap.at16.rank).toBe(3);
});
