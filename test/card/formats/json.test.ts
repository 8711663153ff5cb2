import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, inject, test } from 'vitest';
import { json } from '../../../src/card/formats/json.ts';
import { schemas } from '../../../src/pipeline/schemas.ts';
import { hostileNames } from '../../hostile-names.ts';
import { exampleCard, hostileCard } from '../example-card.ts';

const card = exampleCard(inject('exampleRun'));

test('the document is the card, and passes the published schema', () => {
  const [file] = json.render(card).files;
  expect(JSON.parse(file?.text ?? '')).toEqual(card);
  expect(json.check(file?.text ?? '')).toEqual([]);
  const check = new Ajv2020({ strict: false }).compile(schemas.card);
  expect(check(JSON.parse(file?.text ?? '')), JSON.stringify(check.errors)).toBe(true);
});

test('damaged text and a missing key are found', () => {
  expect(json.check('{')).toMatchObject([{ message: expect.stringContaining('cannot be parsed') }]);
  expect(json.check('{"schemaVersion": "1.0"}').length).toBeGreaterThan(3);
});

test.each(hostileNames)('the name %j comes back', (name) => {
  const own = hostileCard(card, name);
  const [file] = json.render(own).files;
  expect(json.check(file?.text ?? '')).toEqual([]);
  expect(JSON.parse(file?.text ?? '')).toEqual(own);
});
