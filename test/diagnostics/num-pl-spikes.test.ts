import { expect, test } from 'vitest';
import { numPlSpikes } from '../../src/diagnostics/num-pl-spikes.ts';
import { spectrumInput } from './inputs.ts';

test('counts the tail, all eigenvalues equal to its start included, out of all eigenvalues', () => {
  const bulk = Array.from({ length: 100 }, (_, i) => 0.1 + (0.8 * i) / 100);
  const tail = Array.from({ length: 150 }, (_, i) => 2 * (1 - (i + 0.5) / 150) ** -0.5);
  const measured = numPlSpikes.measure(spectrumInput([...bulk, ...tail]));
  expect(measured).toMatchObject({ status: 'ok', n: 250 });
  expect(measured.status === 'ok' && measured.value).toBeGreaterThan(140);
  expect(measured.status === 'ok' && measured.value).toBeLessThanOrEqual(150);
});

test('fails with the fit', () => {
  expect(numPlSpikes.measure(spectrumInput([0]))).toMatchObject({ status: 'failed', code: 'fit-failed' });
});
