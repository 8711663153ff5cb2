import { describe, expect, test } from 'vitest';
import { ok } from '../../../src/base/measured.ts';
import type { MatrixDiagnosis } from '../../../src/diagnostics/diagnosis.ts';
import { depthProfile } from '../../../src/report/charts/depth-profile.ts';
import { draw } from '../../../src/report/charts/draw.ts';
import { layerHeat } from '../../../src/report/charts/layer-heat.ts';

function matrix(depth: number, role: MatrixDiagnosis['role'], change: number): MatrixDiagnosis {
  return {
    name: `model.layers.${depth}.${role}`,
    role,
    depth,
    group: 'decoder',
    rows: 8,
    cols: 8,
    dtype: 'F32',
    pooled: true,
    diagnostics: { relative_change: ok(change) },
    labels: { modification_regime: change < 0.5 ? 'conservative' : 'moderate' },
  };
}
const matrices = [0, 1, 2].flatMap((depth) => [
  matrix(depth, 'q', 0.1 * (depth + 1)),
  matrix(depth, 'v', 0.3 * (depth + 1)),
  matrix(depth, 'up', 0.05),
]);

describe('change over depth', () => {
  const chart = depthProfile('comparison-1', matrices);

  test('is the median of each half of a layer, with its smallest and largest matrix', () => {
    expect(chart?.csv?.rows).toEqual([
      [0, 0.2, 0.1, 0.3, 0.05, 0.05, 0.05],
      [1, 0.4, 0.2, 0.6, 0.05, 0.05, 0.05],
      [2, 0.6, 0.3, 0.9, 0.05, 0.05, 0.05],
    ]);
  });

  test('its caption states where most moved', () => {
    expect(chart?.caption).toContain('Weights moved most in the attention of layer 2 (0.60)');
  });

  test('one layer, or none, is no profile', () => {
    expect(depthProfile('x', matrices.slice(0, 3))).toBeUndefined();
    expect(depthProfile('x', [])).toBeUndefined();
  });

  test('the second drawing of one kind of chart, which is compiled once, has its own data and the same bytes as alone', async () => {
    const other = depthProfile(
      'comparison-2',
      matrices.map((own) => ({ ...own, diagnostics: { relative_change: ok(0.01 * (own.depth ?? 0) + 0.2) } })),
    );
    if (!chart || !other) throw new Error('both have a profile');
    const [first, second, again] = [await draw(chart), await draw(other), await draw(chart)];
    expect(second).not.toBe(first);
    expect(again).toBe(first);
  });
});

test('the map of layers has a row of its table a layer and a column a kind', () => {
  const chart = layerHeat('comparison-1', matrices);
  expect(chart?.table.head).toEqual(['Layer', 'q', 'v', 'up']);
  expect(chart?.table.rows[1]).toEqual(['1', '0.200', '0.600', '0.050']);
  expect(chart?.csv?.rows[2]).toEqual([2, 0.3, 0.9, 0.05]);
});
