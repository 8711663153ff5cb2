import { expect, test } from 'vitest';
import { wrapped } from '../../src/cli/wrapped.ts';

test('breaks at blanks and keeps the first indent', () => {
  expect(wrapped('  one two three', 9, '    ')).toEqual(['  one two', '    three']);
  expect(wrapped('one', 60)).toEqual(['one']);
  expect(wrapped('', 60)).toEqual(['']);
});

test('breaks a word that no line can hold', () => {
  expect(wrapped('a 0123456789 b', 5, ' ')).toEqual(['a', ' 0123', ' 4567', ' 89 b']);
});

test('no line is wider than asked', () => {
  const text = `  ${'word '.repeat(50)}${'x'.repeat(200)} end`;
  for (const width of [20, 60, 80])
    for (const line of wrapped(text, width, '    ')) expect(line.length).toBeLessThanOrEqual(width);
});
