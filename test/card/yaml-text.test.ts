import { expect, test } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { documentText, yamlText } from '../../src/card/yaml-text.ts';
import { hostileNames } from '../hostile-names.ts';

test('numbers, flags and nothing', () => {
  const value = { a: 1, b: -0.5, c: 1e-7, d: 1.5e21, e: -2e-9, f: true, g: null, h: [1e-7, [2e-8]], 'odd key': 'yes' };
  expect(parse(yamlText(value))).toEqual(value);
  expect(parse(yamlText(value), { version: '1.1' })).toEqual(value);
  expect(yamlText(value)).not.toMatch(/\d(?<!\.\d+)e[+-]/);
});

test.each(hostileNames)('%j stays a text, on one line, in YAML 1.1 and 1.2', (name) => {
  const text = yamlText({ name, [name]: [name] });
  expect(parse(text)).toEqual({ name, [name]: [name] });
  expect(parse(text, { version: '1.1' })).toEqual({ name, [name]: [name] });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may stand in a file
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/);
});

test('what was parsed keeps its quotes, its comments and its numbers', () => {
  const text = '# first\na: plain # why\nb: "double"\nc: \'single\'\nd: 0.10\ne: |\n  block\n  lines\n';
  expect(documentText(parseDocument(text))).toBe(text);
});
