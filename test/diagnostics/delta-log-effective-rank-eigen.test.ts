import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { deltaLogEffectiveRank } from '../../src/diagnostics/delta-log-effective-rank.ts';
import { deltaLogEffectiveRankEigen } from '../../src/diagnostics/delta-log-effective-rank-eigen.ts';
import { gaussian, pairInput } from './inputs.ts';
import { fromNumpy, plainPair } from './reference-pair.ts';

test('is that of NumPy', () => {
  expect(numberOf(deltaLogEffectiveRankEigen.measure(plainPair))).toBeCloseTo(fromNumpy.deltaLogEffectiveRankEigen, 10);
});

test('sees a rank-1 edit of a flat spectrum several times better than the default', () => {
  const reference = gaussian(64, 64, 5);
  const [u, v] = [gaussian(64, 1, 6), gaussian(64, 1, 7)];
  const subject = reference.map(
    (value, index) => value + 0.2 * (u[Math.floor(index / 64)] as number) * (v[index % 64] as number),
  );
  const input = pairInput(reference, subject, [64, 64]);
  const [eigen = 0, plain = 0] = [deltaLogEffectiveRankEigen, deltaLogEffectiveRank].map((unit) =>
    numberOf(unit.measure(input)),
  );
  expect(eigen).toBeLessThan(0);
  expect(Math.abs(eigen)).toBeGreaterThan(3 * Math.abs(plain));
});
