import { expect, test } from 'vitest';
import { xmin } from '../../src/diagnostics/xmin.ts';
import { spectrumInput } from './inputs.ts';

test('lies where a planted tail begins, above a flat bulk', () => {
  const bulk = Array.from({ length: 200 }, (_, i) => 0.1 + (0.8 * i) / 200);
  const tail = Array.from({ length: 200 }, (_, i) => 2 * (1 - (i + 0.5) / 200) ** -0.5);
  expect(xmin.measure(spectrumInput([...bulk, ...tail]))).toMatchObject({ value: expect.closeTo(2, 0) });
});
