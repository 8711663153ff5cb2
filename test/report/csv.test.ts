import { parse } from 'csv-parse/sync';
import { expect, inject, test } from 'vitest';
import { renderCsv } from '../../src/report/csv.ts';
import { tables } from '../../src/report/tables/registry.ts';
import { exampleInput } from './example-input.ts';

const input = exampleInput(inject('exampleRun'));
const files = renderCsv(input);

interface Package {
  readonly resources: readonly {
    readonly name: string;
    readonly path: string;
    readonly schema: { readonly fields: readonly { readonly name: string; readonly type: string }[] };
  }[];
}
const described = JSON.parse(files.get('datapackage.json') ?? '') as Package;

test('every table is a file that a CSV parser reads back to the same numbers', () => {
  for (const make of tables) {
    const table = make(input);
    const rows = parse(files.get(`${table.name}.csv`) ?? '', { columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength(table.columns[0]?.data.length ?? -1);
    for (const { name, type, data } of table.columns)
      if (type === 'number' || type === 'integer')
        expect(rows.map((row) => (row[name] === '' ? null : Number(row[name])))).toEqual(data);
  }
});

test('the description names every file and column with a type', () => {
  expect(described.resources.map(({ path }) => path)).toEqual(
    [...files.keys()].filter((name) => name !== 'datapackage.json'),
  );
  for (const { path, schema } of described.resources) {
    const [head] = parse(files.get(path) ?? '', { to: 1 }) as string[][];
    expect(schema.fields.map(({ name }) => name)).toEqual(head);
    for (const { type } of schema.fields) expect(['string', 'integer', 'number', 'boolean']).toContain(type);
  }
});

test('names that a spreadsheet would compute are text, on every line of every table', () => {
  const hostile = renderCsv(exampleInput(inject('exampleRun'), (text) => text.replaceAll('"narrow"', '"=cmd|x!A1"')));
  const checkpoints = parse(hostile.get('checkpoints.csv') ?? '', { columns: true }) as Record<string, string>[];
  expect(checkpoints.map((row) => row.checkpoint ?? row.id)).toContain("'=cmd|x!A1");
  for (const text of hostile.values()) expect(text).not.toMatch(/(^|[,\n"])=cmd/);
});
