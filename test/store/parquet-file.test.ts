import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { tableOf } from '../../src/base/table.ts';
import { writeParquet } from '../../src/store/parquet-file.ts';
import { readParquet } from '../../src/store/parquet-rows.ts';

const rows = [
  { task: 'a "quoted" name', items: 3, value: 0.1, right: true },
  { task: null, items: null, value: Number.NaN, right: null },
  { task: '日本語 \u202e', items: 2 ** 40, value: -1e300, right: false },
];
const table = tableOf('answers', 'a table of every type', rows, [
  { name: 'task', type: 'text', description: 'text', of: ({ task }) => task },
  { name: 'items', type: 'integer', description: 'whole numbers', of: ({ items }) => items },
  { name: 'value', type: 'number', description: 'numbers', of: ({ value }) => value },
  { name: 'right', type: 'boolean', description: 'yes or no', of: ({ right }) => right },
]);
const place = (): string => join(mkdtempSync(join(tmpdir(), 'skiagram-parquet-')), 'deep/answers.parquet');

test('DuckDB reads the file with its types and nulls; what is not finite has become null', async () => {
  const path = place();
  await writeParquet(path, table);
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const read = await connection.runAndReadAll(`SELECT * FROM read_parquet('${path}')`);
  expect(read.columnNamesAndTypesJson()).toMatchObject({ columnNames: ['task', 'items', 'value', 'right'] });
  expect(read.columnTypes().map(String)).toEqual(['VARCHAR', 'BIGINT', 'DOUBLE', 'BOOLEAN']);
  expect(read.getRowsJS()).toEqual([
    ['a "quoted" name', 3n, 0.1, true],
    [null, null, null, null],
    ['日本語 \u202e', 2n ** 40n, -1e300, false],
  ]);
});

test('the same table gives the same bytes', async () => {
  const [one, two] = [place(), place()];
  await writeParquet(one, table);
  await writeParquet(two, table);
  expect(readFileSync(one).equals(readFileSync(two))).toBe(true);
});

test('a table without rows is a file without rows', async () => {
  const path = place();
  await writeParquet(
    path,
    tableOf('none', 'nothing', [], [{ name: 'a', type: 'text', description: '', of: () => '' }]),
  );
  expect(await readParquet(path, ['a'])).toEqual([]);
});

test('no file is no rows; a damaged one is named', async () => {
  const path = place();
  expect(await readParquet(path, ['task'])).toBeUndefined();
  await writeParquet(path, table);
  writeFileSync(path, readFileSync(path).subarray(0, 200));
  await expect(readParquet(path, ['task'])).rejects.toMatchObject({ code: 'artifact-invalid' });
  await expect(readParquet(path, ['task'])).rejects.toThrow('answers.parquet');
});
