import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { dataRows } from '../../reports/paper/record.ts';

type Tables = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

// Made from the paper's text by transcribe.py: names of rows and their numbers as printed.
const printed = JSON.parse(readFileSync('test/paper/transcription.json', 'utf8')) as Tables;
const data = (name: string): ReturnType<typeof dataRows> => dataRows('reports/paper', name);
const bare = (text: string | undefined): string => (text ?? '').replace('*', '');

test('Table 1: every share and trend is as printed, and is the derived k of 224', async () => {
  const trends = await data('table-1-trends');
  for (const [name, cells] of Object.entries(printed['Table 1'] ?? {})) {
    const own = (await data('table-1')).filter(({ condition }) => condition === name[0]);
    expect(own.map(({ share }) => share)).toEqual(cells.slice(0, 5));
    expect(trends.find(({ condition }) => condition === name[0])?.trend).toBe(cells[5]);
    for (const { share, k, n } of own) expect(((100 * Number(k)) / Number(n)).toFixed(1)).toBe(share);
  }
  expect(Object.keys(printed['Table 1'] ?? {})).toHaveLength(4);
});

test('Table 2: rows with three values have their columns and marks, rows with two are kept apart without', async () => {
  const [placed, unplaced] = [await data('table-2'), await data('table-2-unplaced')];
  const columns = ['Qwen3-VL-4B-Instruct', 'InternVL3.5-4B', 'AndesVL-4B-Instruct'];
  for (const [name, cells] of Object.entries(printed['Table 2'] ?? {})) {
    const own = placed.filter(({ benchmark }) => benchmark === name);
    const lost = unplaced.filter(({ benchmark }) => benchmark === name);
    if (cells.length === 3) {
      expect(own.map(({ model, value }) => [model, value])).toEqual(columns.map((model, i) => [model, bare(cells[i])]));
      expect(own.map(({ mark }) => mark)).toEqual(cells.map((cell) => (cell.endsWith('*') ? 'other evaluator' : '')));
      expect(lost).toEqual([]);
    } else {
      expect(lost.map(({ value }) => value)).toEqual(cells.map(bare));
      for (const [index, { mark }] of lost.entries()) {
        expect(mark).toContain('column lost');
        expect(mark?.includes('other evaluator')).toBe(cells[index]?.endsWith('*'));
      }
      expect(own).toEqual([]);
    }
  }
  expect(placed).toHaveLength(57);
  expect(new Set(unplaced.map(({ benchmark }) => benchmark)).size).toBe(13);
});

test('Table 3: categories as printed', async () => {
  const rows = await data('table-3');
  expect(Object.fromEntries(rows.map((row) => [row.category, [row.baseline, row.deduplicated, row.delta]]))).toEqual(
    printed['Table 3'],
  );
});

test.each([4, 5, 6, 7, 8])('Table %i: every row as printed, its average too', async (number) => {
  const rows = await data(`table-${number}`);
  const average = (await data('averages')).find(({ source }) => source === `Table ${number}`);
  const found: Record<string, string[]> = {
    Average: [average?.baseline ?? '', average?.deduplicated ?? '', average?.delta ?? ''],
  };
  for (const { benchmark = '', model, value = '', delta = '' } of rows)
    found[benchmark] = model === 'baseline' ? [value] : [...(found[benchmark] ?? []), value, delta];
  expect(found).toEqual(printed[`Table ${number}`]);
  // Differences are rounded once more where the paper had more digits.
  for (const [before, after, delta] of Object.values(found))
    expect(Math.abs(Number(after) - Number(before) - Number(delta))).toBeLessThan(1.5e-4);
});

test('a task that stands in two tables has the same scores there, and says so', async () => {
  for (const [task, first] of [
    ['mia_bench', 4],
    ['cfbench_psr', 5],
  ] as const) {
    const one = (await data(`table-${first}`)).filter((row) => row.task === task);
    const two = (await data('table-8')).filter((row) => row.task === `${task}.table_8`);
    expect(two.map(({ value }) => value)).toEqual(one.map(({ value }) => value));
    expect([...one, ...two].every(({ mark }) => mark !== '')).toBe(true);
  }
});

test('every number of items says whether it is remembered or assumed', async () => {
  for (const number of [2, 4, 5, 6, 7, 8])
    for (const { n, n_source: source } of await data(`table-${number}`)) {
      expect(Number(n)).toBeGreaterThan(0);
      expect(['recalled', 'assumed']).toContain(source);
    }
});
