import { expect, test } from 'vitest';
import { sparkline } from '../../src/cli/sparkline.ts';

test('one block a layer, a dot where there is none', () => {
  expect(sparkline([0, 0.5, undefined, 1], 1, 10)).toBe('▁▅·█');
  expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 7, 8)).toBe('▁▂▃▄▅▆▇█');
});

test('more layers than room share blocks, and a single spike stays visible', () => {
  const layers = Array.from({ length: 36 }, (_, depth) => (depth === 17 ? 1 : 0));
  const drawn = sparkline(layers, 1, 10);
  expect(drawn).toHaveLength(9);
  expect(drawn).toBe('▁▁▁▁█▁▁▁▁');
});

test('nothing changed at all is flat, and values beyond the top are the full block', () => {
  expect(sparkline([0, 0], 0, 5)).toBe('▁▁');
  expect(sparkline([9], 1, 5)).toBe('█');
  expect(sparkline([], 1, 5)).toBe('');
});
