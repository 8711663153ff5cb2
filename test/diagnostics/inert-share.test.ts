import { expect, test } from 'vitest';
import { ok } from '../../src/base/measured.ts';
import { inertShare } from '../../src/diagnostics/inert-share.ts';
import { layers } from './inputs.ts';

test('counts moved matrices whose geometry stayed within noise, with a Wilson interval, and says where it did not', () => {
  const rows = layers(
    [
      [0.2, 0.1],
      [0.2, 0.9],
      [0.2, 0.2],
      [0.01, 0.9],
      [0.3, 0],
    ].map(([m = 0, g = 0]) => ({ relative_change: ok(m), geometry_score: ok(g) })),
    'v',
  );
  // statsmodels' and R's Wilson interval of 3 of 4: [0.3006, 0.9544]
  expect(inertShare.measure(rows)).toMatchObject({
    value: 75,
    k: 3,
    n: 4,
    interval: { low: expect.closeTo(30.06, 2), high: expect.closeTo(95.44, 2) },
    note: 'geometry moved in v 1',
  });
});

test('is skipped where nothing moved', () => {
  expect(inertShare.measure(layers([{ relative_change: ok(0.01), geometry_score: ok(0) }]))).toMatchObject({
    status: 'skipped',
    code: 'unmoved',
  });
});
