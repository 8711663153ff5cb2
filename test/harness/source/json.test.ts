import { expect, test } from 'vitest';
import { parseJson } from '../../../src/harness/source/json.ts';
import { brokenTexts, expectRefused } from '../malformed.ts';

const text = '{"results": {"a": {"acc": 0.5, "note": "a \\"quoted\\" {brace}"}}, "list": [1, {"a": 1}, {"a": 2}]}';

test('reads JSON as Python writes it, a byte order mark and non-finite numbers included', () => {
  expect(parseJson(`\uFEFF${text}`, 'r.json').value).toEqual(JSON.parse(text));
  expect(parseJson('{"a": NaN, "b": [-Infinity, "NaN"]}', 'r.json')).toEqual({
    value: { a: null, b: [null, 'NaN'] },
    nonFinite: 2,
  });
});

test('the same key in different objects is no fault', () => {
  expect(parseJson('[{"a": {"a": 1}}, {"a": 2}]', 'r.json').value).toEqual([{ a: { a: 1 } }, { a: 2 }]);
});

test.each(brokenTexts(text, 'r.json'))('$name is refused with file and place', async (variant) => {
  await expectRefused(variant, 'r.json', async (broken) => parseJson(broken, 'r.json'));
});
