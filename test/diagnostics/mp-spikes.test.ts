import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { mpSpikes } from '../../src/diagnostics/mp-spikes.ts';
import { gramEigenvalues } from '../../src/spectrum/gram-eigenvalues.ts';
import { gaussian, spectrumInput } from './inputs.ts';

/** Gaussian noise plus `planted` orthogonal directions of eigenvalue far above the edge. */
function spiked(planted: number, seed: number): ReturnType<typeof spectrumInput> {
  const [rows, cols] = [100, 200];
  const weights = gaussian(rows, cols, seed).map(
    (value, index) => value + (index % (cols + 1) === 0 && index < planted * (cols + 1) ? 60 : 0),
  );
  return { ...spectrumInput(gramEigenvalues(weights, rows, cols)), rows, cols };
}

test.each([0, 5, 20])(
  '%s planted directions are counted, give or take the largest eigenvalue of the noise',
  (planted) => {
    for (const seed of [1, 2, 3]) {
      const counted = numberOf(mpSpikes.measure(spiked(planted, seed))) ?? -1;
      expect(counted).toBeGreaterThanOrEqual(planted);
      expect(counted).toBeLessThanOrEqual(planted + 1);
    }
  },
);

test('does not depend on the scale of the matrix', () => {
  const { eigenvalues, ...sides } = spiked(5, 1);
  const scaled = { ...spectrumInput(eigenvalues.map((value) => 1e-6 * value)), rows: sides.rows, cols: sides.cols };
  expect(numberOf(mpSpikes.measure(scaled))).toBe(numberOf(mpSpikes.measure(spiked(5, 1))));
});

test('equal eigenvalues have no spike, and a matrix of less than half rank has no bulk', () => {
  expect(numberOf(mpSpikes.measure(spectrumInput([2, 2, 2, 2])))).toBe(0);
  expect(mpSpikes.measure(spectrumInput([0, 0, 0, 5]))).toMatchObject({ status: 'skipped', code: 'no-bulk' });
});
