import { expect, test } from 'vitest';
import { matches, selectNames } from '../../src/gate/select-names.ts';

test.each([
  ['mmlu_anatomy', 'mmlu_*', true],
  ['mmlu', 'mmlu_*', false],
  ['a.b', 'a?b', false],
  ['axb', 'a.b', false],
  ['anything', '*', true],
  ['', '*', true],
  ['abcabc', '*abc', true],
  ['abcab', '*abc', false],
  ['a*b', 'a*b', true],
])('%j by %j: %j', (name, pattern, fits) => {
  expect(matches(name, pattern)).toBe(fits);
});

test('a name that is there is meant before a pattern', () => {
  expect(selectNames('a*', ['a*', 'ab'], 'task')).toEqual(['a*']);
  expect(selectNames(['b', 'a*'], ['ab', 'b', 'ac'], 'task')).toEqual(['b', 'ab', 'ac']);
});

test('what means nothing throws, also among others that mean something', () => {
  expect(() => selectNames(['b', 'x'], ['b'], 'task')).toThrow('No task "x" was compared');
  expect(() => selectNames('*', [], 'task')).toThrow('there is none');
});

test('a pattern of stars against a long name ends at once', () => {
  expect(matches('a'.repeat(2000), `${'*a'.repeat(500)}b`)).toBe(false);
});
