import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { SkiagramError } from '../../../src/base/error.ts';
import { opencompass } from '../../../src/harness/opencompass/reader.ts';
import { brokenTexts } from '../malformed.ts';
import { type Files, headsOf, readAll, readHead } from '../read-files.ts';

const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8');
const csv = fixture('summary.csv');
const history = fixture('history.json');
const run = 'default/20260102_030405';
const head = `${run}/summary/summary_20260102_030405.csv`;
const raw = `${run}/results/large-chat/lukaemon_mmlu_history.json`;
const metric = (over: object) => ({ filter: 'none', stderr: null, higherIsBetter: null, unit: 'percent', ...over });

describe('a summary of OpenCompass', () => {
  test('gives a run for each model, without groups and headings', async () => {
    const [small, large] = await readAll(opencompass, { [head]: csv });
    expect([small?.model, large?.model]).toEqual(['small-chat', 'large-chat']);
    expect(small).toMatchObject({ harness: 'opencompass', harnessVersion: null, date: null, settings: {} });
    expect(small?.tasks.map(({ task, version, outputType, n }) => [task, version, outputType, n])).toEqual([
      ['IFEval', '3321a3', 'gen', null],
      ['alignbench', 'a1b2c3', 'gen', null],
      ['lukaemon_mmlu_history', 'caec7d', 'ppl', null],
      ['triviaqa', '2121ce', 'gen', null],
    ]);
    expect(small?.tasks[0]?.metrics).toEqual([
      metric({ metric: 'Prompt-level-strict-accuracy', value: 33.27 }),
      metric({ metric: 'Inst-level-strict-accuracy', value: 44.12 }),
    ]);
    // A judge's score is no percentage, and the file does not say what it is.
    expect(small?.tasks[1]?.metrics).toEqual([metric({ metric: 'score', value: 6.25, unit: 'unknown' })]);
    expect(small?.tasks[1]?.warnings.map(({ code }) => code)).toEqual(['unit-unknown']);
    expect(small?.tasks[3]?.metrics).toEqual([metric({ metric: 'score', value: 31.4 })]);
    expect(large?.tasks.map(({ task }) => task)).not.toContain('triviaqa');
    expect(large?.leftOut?.map(({ what }) => what)).toEqual([
      `--------- Knowledge --------- (line 2 of ${head})`,
      'mmlu (naive_average)',
      'triviaqa of large-chat',
    ]);
  });

  test('takes numbers and items from the raw results beside it', async () => {
    const [, large] = await readAll(opencompass, { [head]: csv, [raw]: history });
    const task = large?.tasks.find(({ task: name }) => name === 'lukaemon_mmlu_history');
    expect(task).toMatchObject({ n: 3, metrics: [{ metric: 'accuracy', value: 66.66666666666667 }], warnings: [] });
    expect(task?.samples.map(({ docId, metrics }) => [docId, metrics.accuracy])).toEqual([
      [0, 100],
      [1, 0],
      [2, 100],
    ]);
    expect(large?.files.map(({ name }) => name)).toEqual([raw, head]);
  });

  test('says where raw results or items do not give its scores', async () => {
    const other = history.replace('66.66666666666667', '50');
    const codes = async (text: string) =>
      (await readAll(opencompass, { [head]: csv, [raw]: text }))[1]?.tasks.flatMap(({ task, warnings }) =>
        task === 'lukaemon_mmlu_history' ? warnings.map(({ code }) => code) : [],
      );
    expect(await codes(other)).toEqual(['raw-disagrees', 'samples-disagree']);
    expect(await codes(history.replace('"correct": false', '"correct": true'))).toEqual(['samples-disagree']);
    expect(await codes('{"accuracy": 66.67}')).toEqual([]);
  });

  test('of a later run counts where there are two', async () => {
    const later = 'default/20260202_030405/summary/summary_20260202_030405.csv';
    const [small] = await readAll(opencompass, {
      [later]: 'dataset,version,metric,mode,small-chat\ntriviaqa,2121ce,score,gen,99.00\n',
      [head]: csv,
    });
    expect(small?.tasks.find(({ task }) => task === 'triviaqa')?.metrics[0]?.value).toBe(99);
    expect(small?.leftOut?.map(({ what }) => what)).toContain(`triviaqa of ${head}`);
  });

  it.each([
    ['summary_1.csv', csv, true],
    ['s.csv', `\uFEFF${csv}`, true],
    ['s.txt', csv, false],
    ['s.csv', 'dataset,metric,value\na,b,1\n', false],
  ])('%s is recognised by its columns (%#)', async (name, text, expected) => {
    expect(await headsOf(opencompass, { [name]: text })).toEqual(expected ? [name] : []);
  });
});

const rows = (...lines: string[]) => ['dataset,version,metric,mode,m,k', ...lines, ''].join('\n');
const cells = (change: Partial<Record<'dataset' | 'version' | 'metric' | 'mode' | 'm' | 'k', string>>) => {
  const row = { dataset: 'arc', version: 'abc123', metric: 'accuracy', mode: 'gen', m: '50.00', k: '60.00', ...change };
  return rows(Object.values(row).join(','));
};
const columns = ['dataset', 'version', 'metric', 'mode'] as const;

const broken: [string, string | Uint8Array, string][] = [
  ['empty', '', 'empty'],
  ['blank', '\n \n', ''],
  ['no rows', rows(), ':1: there are no rows'],
  ['no model', 'dataset,version,metric,mode\narc,abc123,accuracy,gen\n', ':1: there is no column of a model'],
  ['a model twice', 'dataset,version,metric,mode,m,m\narc,abc123,accuracy,gen,1,1\n', ':1: the column "m" comes twice'],
  [
    'a model without a name',
    'dataset,version,metric,mode,,m\narc,abc123,accuracy,gen,1,1\n',
    ':1: column 5 has no name',
  ],
  ...columns.map((column, index): [string, string, string] => [
    `another ${column} column`,
    cells({}).replace(column, `${column}s`),
    `:1: column ${index + 1}`,
  ]),
  ['columns in another order', cells({}).replace('dataset,version', 'version,dataset'), ':1: column 1'],
  ['a row too short', rows('arc,abc123,accuracy,gen,1'), ':2: this row has 5 cells'],
  ['a row too long', rows('arc,abc123,accuracy,gen,1,2,3'), ':2: this row has 7 cells'],
  ['cut short', csv.slice(0, 200), ':'],
  ['cut after the names', csv.slice(0, 40), ':1'],
  ['a NUL byte', cells({ dataset: 'a\0c' }), ':2: it holds a NUL'],
  ['no UTF-8', Buffer.from([...Buffer.from(cells({})), 0xfe, 10]), ':3: it is not UTF-8'],
  ['UTF-16', Buffer.from(`\uFEFF${csv}`, 'utf16le'), ':1: it is UTF-16'],
  ['an open quote', cells({ dataset: '"arc' }), ':'],
  ['a quote in a cell', cells({ dataset: 'a"rc' }), ':2'],
  ['text after a quote', cells({ dataset: '"a"rc' }), ':2'],
  ['a row of megabytes', cells({ dataset: 'a'.repeat(5_000_000) }), ':'],
  ['no dataset', cells({ dataset: '' }), 'line 2, column "dataset"'],
  ['a blank dataset', cells({ dataset: '  ' }), 'line 2, column "dataset"'],
  ['no metric', cells({ metric: '' }), 'line 2, column "metric"'],
  ['no metric but results', cells({ metric: '-' }), 'line 2, column "metric"'],
  ...['', 'abc', 'ABCDEF', 'v1.0', '12345', 'none'].map((version): [string, string, string] => [
    `the version "${version}"`,
    cells({ version }),
    'line 2, column "version"',
  ]),
  ...['', 'Gen', '1', 'generation by hand', 'x'].map((mode): [string, string, string] => [
    `the mode "${mode}"`,
    cells({ mode }),
    'line 2, column "mode"',
  ]),
  ...['high', '50%', '50 ± 1', 'inf', '-Infinity', '1e999', '0x10', '[50]', 'true', '1 000', '100.01', '-0.5'].map(
    (m): [string, string, string] => [`the accuracy "${m}"`, cells({ m }), 'line 2, column "m"'],
  ),
  ['the accuracy of the second model', cells({ k: 'x' }), 'line 2, column "k"'],
  ['a dataset twice', rows(...[1, 2].map(() => 'arc,abc123,accuracy,gen,1,1')), 'in line 2 and line 3'],
  ['a group twice', rows(...[1, 2].map(() => 'g,-,naive_average,gen,1,1')), 'in line 2 and line 3'],
  [
    'two versions of a dataset',
    rows('a,abc123,accuracy,gen,1,1', 'a,abc124,em,gen,1,1'),
    'line 3: a has version abc124',
  ],
  [
    'two modes of a dataset',
    rows('a,abc123,accuracy,gen,1,1', 'a,abc123,em,ppl,1,1'),
    'line 3: a has version abc123 and mode ppl',
  ],
  ['headings alone', rows('--- a ---,-,-,-,-,-'), 'no row of it holds a score'],
  ['groups alone', rows('g,-,naive_average,gen,1,1'), 'no row of it holds a score'],
];

const brokenRaw: [string, string, string][] = [
  ...brokenTexts(history, raw).map(({ name, text, place }): [string, string, string] => [name, text, place]),
  ['a list', '[1]', 'the top'],
  ['an accuracy in words', '{"accuracy": "high"}', 'accuracy'],
  ['an accuracy that is NaN', '{"accuracy": NaN}', 'accuracy'],
  ['an accuracy that is an object', '{"accuracy": {}}', 'accuracy'],
  ['details in words', '{"accuracy": 66.67, "details": "none"}', 'details'],
  ['details of numbers', '{"accuracy": 66.67, "details": [1, 2]}', 'details[0]'],
];

async function refusal(files: Files): Promise<string> {
  const error = await readHead(opencompass, files, head).then(
    (runs) => runs,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(SkiagramError);
  return (error as SkiagramError).message;
}

test('there are enough variants', () => expect(broken.length).toBeGreaterThanOrEqual(50));

test.each(broken)('a broken summary: %s', async (_, text, place) => {
  const message = await refusal({ [head]: text });
  expect(message).toContain(head);
  expect(message).toContain(place);
});

test.each(brokenRaw)('a broken raw result: %s', async (_, text, place) => {
  const message = await refusal({ [head]: csv, [raw]: text });
  expect(message).toContain(raw);
  expect(message).toContain(place);
});
