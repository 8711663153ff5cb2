import { expect, test } from 'vitest';
import { shortTitles } from '../../../src/report/charts/short-titles.ts';

test('titles that are cut to the same text stay apart', () => {
  const [one, two, three] = shortTitles([`${'x'.repeat(500)}a`, `${'x'.repeat(500)}b`, 'short'], 10);
  expect([one, two, three]).toEqual([`${'x'.repeat(9)}…`, `${'x'.repeat(9)}… (2)`, 'short']);
});

test('a character of two units is not cut in half', () => {
  expect(shortTitles(['😀'.repeat(5)], 3)).toEqual(['😀😀…']);
});
