import { expect, test } from 'vitest';
import { failed, ok } from '../../src/base/measured.ts';
import { meanAlpha } from '../../src/diagnostics/mean-alpha.ts';
import { meanGeometryScore } from '../../src/diagnostics/mean-geometry-score.ts';
import { meanRelativeChange } from '../../src/diagnostics/mean-relative-change.ts';
import { meanWeightCorrelation } from '../../src/diagnostics/mean-weight-correlation.ts';
import { medianRelativeChange } from '../../src/diagnostics/median-relative-change.ts';
import { layers } from './inputs.ts';

test.each([
  [meanAlpha, 'alpha', 4],
  [meanRelativeChange, 'relative_change', 4],
  [medianRelativeChange, 'relative_change', 2],
  [meanWeightCorrelation, 'weight_correlation', 4],
  [meanGeometryScore, 'geometry_score', 4],
] as const)('$meta.id summarises the matrices that have %s and counts them', (unit, id, expected) => {
  const values = [ok(1), ok(2), ok(9), failed('fit-failed', 'x')];
  expect(unit.measure(layers(values.map((value) => ({ [id]: value }))))).toEqual({
    status: 'ok',
    value: expected,
    n: 3,
  });
  expect(unit.measure(layers([{}]))).toMatchObject({ status: 'skipped', code: 'no-values' });
});
