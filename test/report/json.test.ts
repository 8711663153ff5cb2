import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, inject, test } from 'vitest';
import { schemas } from '../../src/pipeline/schemas.ts';
import { renderJson } from '../../src/report/report.ts';
import { exampleInput } from './example-input.ts';

const { verdict, findings, dossier, statements, gate, report } = schemas;
const check = new Ajv2020({ strict: false, schemas: [verdict, findings, dossier, statements, gate] }).compile(report);
const document = JSON.parse(renderJson(exampleInput(inject('exampleRun')))) as Record<string, unknown>;

test('report.json holds to its published schema, parts included', () => {
  expect(check(document), JSON.stringify(check.errors)).toBe(true);
});

test.each(['verdict', 'findings', 'dossier', 'statements', 'context'])('without %s it would not', (part) => {
  const { [part]: _, ...rest } = document;
  expect(check(rest)).toBe(false);
});
