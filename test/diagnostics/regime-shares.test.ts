import { expect, test } from 'vitest';
import { numberOf, ok, skipped } from '../../src/base/measured.ts';
import { regimes } from '../../src/diagnostics/modification-regime.ts';
import { regimeShare } from '../../src/diagnostics/regime-shares.ts';
import { layers } from './inputs.ts';

const moved = (m: number, r: number) => ({ relative_change: ok(m), weight_correlation: ok(r) });

test('19 of 36 deep layers are 52.8 %, as in Qwen3-VL-Instruct', () => {
  const matrices = layers([...new Array(19).fill(moved(1.45, 0)), ...new Array(17).fill(moved(0.2, 0.97))]);
  const deep = regimeShare('deep').measure(matrices);
  expect(deep).toMatchObject({ k: 19, n: 36 });
  expect(numberOf(deep)?.toFixed(1)).toBe('52.8');
  expect(regimeShare('conservative').measure(matrices)).toMatchObject({ k: 17 });
});

test('the shares of all regimes add up to 100', () => {
  const matrices = layers([
    moved(0, 1),
    moved(0.01, 1),
    moved(0.2, 0.98),
    moved(0.7, 0.8),
    moved(1.4, 0),
    moved(2, 0.9),
    moved(0.3, 0.9),
  ]);
  const total = regimes.reduce((sum, regime) => sum + (numberOf(regimeShare(regime).measure(matrices)) ?? 0), 0);
  expect(total).toBeCloseTo(100, 10);
});

test('matrices that could not be compared are not counted', () => {
  const none = { relative_change: skipped('zero-reference', '') };
  expect(regimeShare('deep').measure(layers([none, moved(1.4, 0)]))).toMatchObject({ k: 1, n: 1 });
  expect(regimeShare('deep').measure(layers([none]))).toMatchObject({ status: 'skipped', code: 'no-values' });
});
