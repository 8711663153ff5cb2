import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { participationRatio } from '../../src/diagnostics/participation-ratio.ts';
import { spectrumInput } from './inputs.ts';

test('is M for equal eigenvalues, 1 for one, and that of NumPy in between, at any scale', () => {
  for (const scale of [1, 1e-200, 1e200]) {
    expect(numberOf(participationRatio.measure(spectrumInput([scale, scale, scale])))).toBeCloseTo(3, 12);
    expect(numberOf(participationRatio.measure(spectrumInput([0, 0, scale])))).toBeCloseTo(1, 12);
    // l = np.array([5, 3, 2, 1, .5])**2; l.sum()**2 / (l**2).sum()
    const input = spectrumInput([5, 3, 2, 1, 0.5].map((value) => scale * value ** 2));
    expect(numberOf(participationRatio.measure(input))).toBeCloseTo(2.1306076583974414, 12);
  }
});

test('of a square Gaussian matrix is half of its side, as Marchenko–Pastur moments give: (E λ)²/E λ² = 1/(1 + β)', async () => {
  const { gaussian } = await import('./inputs.ts');
  const { gramEigenvalues } = await import('../../src/spectrum/gram-eigenvalues.ts');
  const eigenvalues = gramEigenvalues(gaussian(120, 240, 3), 120, 240);
  expect(
    Math.abs((numberOf(participationRatio.measure(spectrumInput(eigenvalues))) ?? 0) / 120 - 1 / 1.5),
  ).toBeLessThan(0.02);
});
