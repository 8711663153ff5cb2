import { expect, test } from 'vitest';
import { alpha } from '../../src/diagnostics/alpha.ts';
import { spectrumInput } from './inputs.ts';

/** Quantiles of a Pareto density of exponent 3: λ = (1 − u)^(−1/2). */
const planted = Array.from({ length: 400 }, (_, i) => (1 - (i + 0.5) / 400) ** -0.5);

test('recovers the exponent of exact Pareto quantiles and says how many eigenvalues it rests on', () => {
  const measured = alpha.measure(spectrumInput(planted));
  expect(measured).toMatchObject({ status: 'ok', value: expect.closeTo(3, 1) });
  expect(measured.status === 'ok' && measured.n).toBeGreaterThan(300);
});

test('does not depend on the scale of the matrix, as long as no eigenvalue falls below the threshold', () => {
  const [own, scaled] = [planted, planted.map((value) => value * 1000)].map((values) =>
    alpha.measure(spectrumInput(values)),
  );
  expect(scaled).toMatchObject({ value: expect.closeTo(own?.status === 'ok' ? own.value : 0, 10) });
});

test('is a failure with a reason where there is no fit, or no finite one', () => {
  expect(alpha.measure(spectrumInput([0, 0]))).toMatchObject({ status: 'failed', code: 'fit-failed' });
  expect(alpha.measure(spectrumInput(new Array(32).fill(1)))).toMatchObject({
    status: 'failed',
    code: 'alpha-infinite',
  });
});
