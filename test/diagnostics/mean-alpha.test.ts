import { expect, test } from 'vitest';
import { failed, ok } from '../../src/base/measured.ts';
import { meanAlpha } from '../../src/diagnostics/mean-alpha.ts';
import { layers } from './inputs.ts';

test('averages the fitted matrices; a failed fit is not the −1 that WeightWatcher averages in', () => {
  const matrices = layers([{ alpha: ok(3) }, { alpha: ok(5) }, { alpha: failed('fit-failed', 'x') }]);
  expect(meanAlpha.measure(matrices)).toMatchObject({ status: 'ok', value: 4, n: 2 });
});

test('without any fit there is no mean', () => {
  expect(meanAlpha.measure(layers([{ alpha: failed('fit-failed', 'x') }]))).toMatchObject({ status: 'skipped' });
});
