import { expect, test } from 'vitest';
import { duplicateKey } from '../../src/checkpoint/duplicate-key.ts';

test('finds a key that is written twice, however it is escaped', () => {
  expect(duplicateKey('{"a": 1, "\\u0061": 2}')).toBe('a');
  expect(duplicateKey('{"x": {"k" : 1, "k": 2}}')).toBe('k');
});

test('leaves equal keys of different objects and equal strings that are no keys alone', () => {
  expect(duplicateKey('{"a": {"k": 1}, "b": {"k": "a"}, "c": ["a", "a", {"k": 1}, {"k": 2}]}')).toBeUndefined();
  expect(duplicateKey('{"quote\\"": "}{", "back\\\\": ":"}')).toBeUndefined();
});
