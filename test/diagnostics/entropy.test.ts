import { expect, test } from 'vitest';
import { entropy } from '../../src/diagnostics/entropy.ts';
import { spectrumInput } from './inputs.ts';

test('equal eigenvalues have entropy 1, zeros beside them not counted', () => {
  expect(entropy.measure(spectrumInput([3, 3, 3, 3]))).toMatchObject({ value: expect.closeTo(1, 12), n: 4 });
  expect(entropy.measure(spectrumInput([0, 0, 3, 3, 3]))).toMatchObject({ value: expect.closeTo(1, 12), n: 3 });
});

test('shares of ½, ¼, ⅛, ⅛ have 1.75 bits of 2', () => {
  expect(entropy.measure(spectrumInput([8, 4, 2, 2]))).toMatchObject({ value: expect.closeTo(1.75 / 2, 12) });
});

test('is skipped at rank 1 and for a zero matrix', () => {
  expect(entropy.measure(spectrumInput([0, 0, 4]))).toMatchObject({ code: 'rank-one' });
  expect(entropy.measure(spectrumInput([0, 0]))).toMatchObject({ code: 'zero-matrix' });
});
