import { expect, test } from 'vitest';
import { tableOf } from '../../src/base/table.ts';
import { queryTables } from '../../src/store/query-tables.ts';

const numbers = Array.from({ length: 5000 }, (_, index) => index);
const table = tableOf('numbers', 'the first 5,000 numbers', numbers, [
  { name: 'number', type: 'integer', description: 'the number', of: (number) => number },
  { name: 'half', type: 'number', description: 'half of it', of: (number) => number / 2 },
  { name: 'name', type: 'text', description: 'its name', of: (number) => `n${number}` },
]);
const ask = (sql: string) => queryTables([table], sql);

test('a query sees all rows of a table, more than DuckDB takes at once', async () => {
  expect(await ask('SELECT count(*) AS rows, sum(number) AS total, max(half) AS top FROM numbers')).toEqual({
    columns: ['rows', 'total', 'top'],
    rows: [[5000, 12_497_500, 2499.5]],
  });
});

test('whatever DuckDB gives is plain JSON', async () => {
  const { rows } = await ask(
    "SELECT 2::HUGEINT**70, 'NaN'::DOUBLE, DATE '2026-01-02', [1, 2], {'a': 1::BIGINT}, '\\x00'::BLOB, NULL",
  );
  expect(JSON.parse(JSON.stringify(rows))).toEqual(rows);
  expect(rows[0]?.slice(1)).toEqual([null, '2026-01-02T00:00:00.000Z', [1, 2], { a: 1 }, '00', null]);
});

test.each([
  ["SELECT * FROM read_csv('/etc/passwd')", 'file system operations are disabled'],
  ["COPY numbers TO '/tmp/stolen.csv'", 'file system operations are disabled'],
  ["ATTACH '/tmp/other.db'", 'file system operations are disabled'],
  ['INSTALL httpfs', 'disabled'],
  ['SET enable_external_access = true', 'locked'],
])('%s reaches nothing outside', async (sql, words) => {
  await expect(ask(sql)).rejects.toMatchObject({ code: 'query-failed' });
  await expect(ask(sql)).rejects.toThrow(new RegExp(words, 'i'));
});

test('an error says what DuckDB said and which tables there are', async () => {
  await expect(ask('SELECT nothing FROM numbers')).rejects.toMatchObject({
    code: 'query-failed',
    hint: expect.stringContaining('numbers'),
    exitCode: 2,
  });
  await expect(ask('SELECT nothing FROM numbers')).rejects.toThrow('nothing');
});
