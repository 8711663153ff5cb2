import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { alphaMinTail } from '../../src/diagnostics/alpha-min-tail.ts';
import { spectrumInput } from './inputs.ts';

const pareto = Array.from({ length: 300 }, (_, i) => (1 - (i + 0.5) / 300) ** -0.5);

test('is alpha itself where the tail is long anyway', () => {
  const input = spectrumInput(pareto);
  expect(alphaMinTail.measure(input)).toMatchObject({ value: 'failed' in input.fit ? Number.NaN : input.fit.alpha });
});

test('keeps the tail from being shorter than 10 or 5 % of the spectrum', () => {
  // Six values that follow a power law exactly lie above a bulk that follows none.
  const bulk = Array.from({ length: 294 }, (_, i) => 1 + ((i * 7919) % 294) / 1000);
  const top = Array.from({ length: 6 }, (_, i) => 50 * (1 - i / 6) ** -0.5);
  const input = spectrumInput([...bulk, ...top]);
  const measured = alphaMinTail.measure(input);
  expect('failed' in input.fit ? 0 : input.fit.num_pl_spikes).toBeLessThan(15);
  expect(measured).toMatchObject({ status: 'ok' });
  expect(measured.status === 'ok' && measured.n).toBeGreaterThanOrEqual(15);
  expect(numberOf(measured)).not.toBe('failed' in input.fit ? undefined : input.fit.alpha);
});

test('has no fit where the whole spectrum is shorter than the shortest tail', () => {
  expect(alphaMinTail.measure(spectrumInput([1, 2, 3, 4, 5, 6, 7, 8, 9]))).toMatchObject({
    status: 'failed',
    code: 'fit-failed',
  });
});
