import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { csv } from '../../src/base/csv.ts';

test('a CSV parser reads back what was written', () => {
  const rows = [
    ['task', 'value', 'note'],
    ['a "quoted", name', 0.1, 'two\nlines'],
    ['plain', 12, null],
  ];
  expect(parse(csv(rows))).toEqual([
    ['task', 'value', 'note'],
    ['a "quoted", name', '0.1', 'two\nlines'],
    ['plain', '12', ''],
  ]);
});

test('text that a spreadsheet would compute stays text; numbers stay numbers', () => {
  expect(csv([['=HYPERLINK("x")', '+1', '-2', '@cmd', -3]])).toBe(`"'=HYPERLINK(""x"")",'+1,'-2,'@cmd,-3`);
});

test('an escape sequence does not reach the file', () => {
  expect(csv([['\u001b[31mred']])).toBe('␛[31mred');
});
