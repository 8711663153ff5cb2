import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { changeIdentityGap } from '../../src/diagnostics/change-identity-gap.ts';
import { normRatio } from '../../src/diagnostics/norm-ratio.ts';
import { relativeChange } from '../../src/diagnostics/relative-change.ts';
import { weightCosine } from '../../src/diagnostics/weight-cosine.ts';
import { gaussian, pairInput } from './inputs.ts';
import { plainPair } from './reference-pair.ts';

test('m² = 1 + ρ² − 2ρc holds for the three diagnostics and the gap says so', () => {
  for (const input of [
    plainPair,
    pairInput(
      gaussian(40, 50, 1),
      gaussian(40, 50, 2).map((value) => 30 * value),
      [40, 50],
    ),
  ]) {
    const [m = 0, rho = 0, c = 0] = [relativeChange, normRatio, weightCosine].map((unit) =>
      numberOf(unit.measure(input)),
    );
    expect(m ** 2 / (1 + rho ** 2)).toBeCloseTo((1 + rho ** 2 - 2 * rho * c) / (1 + rho ** 2), 12);
    expect(numberOf(changeIdentityGap.measure(input))).toBeLessThan(1e-12);
  }
});

test('sums that contradict each other show', () => {
  const { moments } = plainPair;
  const wrong = { ...plainPair, moments: { ...moments, squaresDelta: moments.squaresDelta * 2 } };
  expect(numberOf(changeIdentityGap.measure(wrong))).toBeGreaterThan(1e-6);
  const zero = pairInput(new Float64Array(4), new Float64Array(4), [2, 2]);
  expect(changeIdentityGap.measure(zero)).toMatchObject({ status: 'skipped', code: 'zero-matrix' });
});
