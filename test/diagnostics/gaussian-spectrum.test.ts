import { expect, test } from 'vitest';
import { randomStream } from '../../src/base/random.ts';
import { gaussianSpectrum } from '../../src/diagnostics/gaussian-spectrum.ts';
import type { PowerLawFit } from '../../src/diagnostics/power-law.ts';
import { powerLawFit } from '../../src/diagnostics/power-law-fit.ts';
import { gramEigenvalues } from '../../src/spectrum/gram-eigenvalues.ts';
import { gaussian } from './inputs.ts';

test('fills the Marchenko–Pastur interval, and no more', () => {
  const spectrum = gaussianSpectrum(400, 1600, randomStream(1));
  expect((spectrum[0] as number) / 1600).toBeCloseTo(0.25, 1);
  expect((spectrum.at(-1) as number) / 1600).toBeCloseTo(2.25, 1);
});

test('has the trace and the sum of squares of Wishart matrices on average', () => {
  const [rows, cols, draws] = [7, 12, 4000];
  const random = randomStream(2);
  let [trace, squares] = [0, 0];
  for (let draw = 0; draw < draws; draw++)
    for (const value of gaussianSpectrum(rows, cols, random)) {
      trace += value / draws;
      squares += value ** 2 / draws;
    }
  // E tr = nm; E tr² = nm(n + m + 1).
  expect(trace / 84).toBeCloseTo(1, 1);
  expect(squares / (84 * 20)).toBeCloseTo(1, 1);
});

test('has the exponents of Gaussian matrices that were really made', () => {
  const random = randomStream(3);
  const alphas = (spectrum: (draw: number) => Float64Array): number[] =>
    Array.from({ length: 150 }, (_, draw) => (powerLawFit(spectrum(draw)) as PowerLawFit).alpha).sort((a, b) => a - b);
  const modelled = alphas(() => gaussianSpectrum(30, 40, random));
  const made = alphas((draw) => gramEigenvalues(gaussian(30, 40, 1000 + draw), 30, 40));
  // Kolmogorov–Smirnov distance of two samples of 150: above 0.188 in 1 of 100 cases where they are alike.
  const distance = Math.max(
    ...made.map((value, i) => Math.abs(modelled.filter((other) => other <= value).length - (i + 1)) / 150),
  );
  expect(distance).toBeLessThan(0.188);
});
