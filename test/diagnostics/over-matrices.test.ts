import { expect, test } from 'vitest';
import { failed, ok } from '../../src/base/measured.ts';
import { meanAlpha } from '../../src/diagnostics/mean-alpha.ts';
import { meanGeometryScore } from '../../src/diagnostics/mean-geometry-score.ts';
import { meanRelativeChange } from '../../src/diagnostics/mean-relative-change.ts';
import { meanWeightCorrelation } from '../../src/diagnostics/mean-weight-correlation.ts';
import { medianDeltaAlpha } from '../../src/diagnostics/median-delta-alpha.ts';
import { medianRelativeChange } from '../../src/diagnostics/median-relative-change.ts';
import { layers } from './inputs.ts';

test.each([
  [meanAlpha, 'alpha', 4],
  [medianDeltaAlpha, 'delta_alpha', 2],
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

test('eight layers give an interval over depth, seeded, that holds the value; seven or a matrix outside the blocks do not', () => {
  const rows = (count: number) => layers(Array.from({ length: count }, (_, index) => ({ alpha: ok(index % 4) })));
  const measured = meanAlpha.measure(rows(8));
  expect(measured).toEqual(meanAlpha.measure(rows(8)));
  const interval = measured.status === 'ok' ? measured.interval : undefined;
  expect(interval).toMatchObject({ level: 0.95, method: 'block bootstrap over depth' });
  expect(interval?.low).toBeLessThan(1.5);
  expect(interval?.high).toBeGreaterThan(1.5);
  for (const few of [
    rows(7),
    [...rows(8), { role: 'q', depth: null, group: 'decoder', diagnostics: { alpha: ok(1) } }],
  ])
    expect(meanAlpha.measure(few)).not.toHaveProperty('interval');
});
