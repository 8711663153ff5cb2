import { expect, test } from 'vitest';
import type { TensorLocation } from '../../src/checkpoint/checkpoint.ts';
import type { CachedEngine } from '../../src/diagnostics/cached-engine.ts';
import { nullSpectra } from '../../src/diagnostics/null-spectra.ts';

const tensor = (name: string, side: number): TensorLocation => ({
  name,
  dtype: 'F32',
  shape: [side, 2 * side],
  file: '',
  begin: 0,
  end: 0,
});

/** Records the seeds that were asked for. */
async function seeds(name: string, side: number, draws: number, seed = 0): Promise<number[]> {
  const asked: number[] = [];
  const perturbed: CachedEngine['perturbed'] = async (_, noiseNorm, own) => {
    expect(noiseNorm).toBe(3);
    asked.push(own);
    return new Float64Array(side);
  };
  await nullSpectra({ perturbed }, tensor(name, side), {
    noiseNorm: 3,
    draws,
    seed,
  });
  return asked;
}

test('every matrix and every draw has a seed of its own, the same at every run', async () => {
  const all = [...(await seeds('a', 64, 5)), ...(await seeds('b', 64, 5)), ...(await seeds('a', 64, 5, 1))];
  expect(new Set(all).size).toBe(15);
  expect(await seeds('a', 64, 5)).toEqual(all.slice(0, 5));
});

test('one draw is enough from a short side of 512 on, and none stays none', async () => {
  expect(await seeds('a', 511, 5)).toHaveLength(5);
  expect(await seeds('a', 512, 5)).toHaveLength(1);
  expect(await seeds('a', 512, 0)).toHaveLength(0);
});
