import { expect, test } from 'vitest';
import { modificationRegime } from '../../src/diagnostics/modification-regime.ts';

test.each([
  [0, 1, 'identical'],
  [0.0017, 1, 'identical'],
  [0.005, 1, 'minimal'],
  [0.0499, 0.999, 'minimal'],
  [0.05, 0.998, 'conservative'],
  [0.2, 0.98, 'conservative'],
  [0.5, 0.875, 'moderate'],
  [1, 1, 'moderate'],
  [1, 0.5, 'moderate'],
  [1, 0.499, 'deep'],
  [1.45, 0, 'deep'],
])('m = %s with r = %s is %s', (m, r, regime) => {
  expect(modificationRegime(m, r)).toBe(regime);
});
