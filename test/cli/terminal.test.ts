import { expect, test } from 'vitest';
import { printable } from '../../src/cli/terminal.ts';

test('names of outsiders can neither drive the terminal nor turn the reading order around', () => {
  expect(printable('a\u001b[31mb\u009bc\u202ed\u2066e\u200ff')).toBe('a\uFFFD[31mb\uFFFDc\uFFFDd\uFFFDe\uFFFDf');
  expect(printable('layer\t0\nα ≥ 2, 層')).toBe('layer\t0\nα ≥ 2, 層');
});
