import { describe, expect, test } from 'vitest';
import { SkiagramError } from '../../../src/base/error.ts';
import type { TableMapping } from '../../../src/base/table-mapping.ts';
import { table } from '../../../src/harness/table/reader.ts';
import { readHead } from '../read-files.ts';
import { parquetBytes } from './parquet-bytes.ts';

const head = 'task,metric,value,stderr,n,shots,scale';
const good = 'mmlu,acc,61.5,0.4,100,5,percent';
const rows = (...lines: string[]) => [head, ...lines, ''].join('\n');
const items = (...lines: string[]) => ['task,metric,item,cluster,value', ...lines, ''].join('\n');

const csv: readonly (readonly [string, string | Uint8Array, string, TableMapping?])[] = [
  ['empty', '', 'it is empty'],
  ['a byte order mark alone', '\uFEFF', 'it is empty'],
  ['blank lines alone', '\n\n\n', 'it is empty'],
  ['no rows', `${head}\n`, 't.csv:1: there are no rows'],
  ['a row too short', rows('mmlu,acc,61.5'), 't.csv:2: this row has 3 cells'],
  ['a row too long', rows(good, `${good},more`), 't.csv:3: this row has 8 cells'],
  ['a quote that is never closed', rows('"mmlu,acc,61.5,0.4,100,5,percent'), 't.csv:'],
  ['text after a closing quote', rows('"mm"lu,acc,61.5,0.4,100,5,percent'), 't.csv:2'],
  ['a quote within a cell', rows('m"mlu,acc,61.5,0.4,100,5,percent'), 't.csv:2'],
  ['a column twice', `task,task,value\na,b,1\n`, 't.csv:1: the column "task" comes twice'],
  ['a column without a name', 'task,,value\na,b,1\n', 't.csv:1: column 2 has no name'],
  ['a NUL byte', rows(good, 'mm\0lu,acc,1,0,1,1,percent'), 't.csv:3: it holds a NUL byte'],
  ['bytes that are no UTF-8', Buffer.concat([Buffer.from(`${rows(good)}`), Buffer.from([0xff, 0x61, 10])]), 't.csv:3'],
  ['UTF-16', Buffer.from(`\uFEFF${rows(good)}`, 'utf16le'), 't.csv:1: it is UTF-16'],
  ['a row of megabytes', rows(`${'m'.repeat(5_000_000)},acc,1,0,1,1,percent`), 't.csv:'],
  ['thousands of columns', `${Array.from({ length: 3000 }, (_, i) => `c${i}`).join(',')}\n`, 't.csv:1: it has 3000'],
  ['no column for the task', 'metric,value\nacc,1\n', 't.csv: there is no column `task`'],
  ['no column for the metric', 'task,value\na,1\n', 't.csv: there is no column `metric`'],
  ['no column for the value', 'task,metric\na,acc\n', 't.csv: there is no column `value`'],
  ['a mapped column that is not there', rows(good), 'column "Score", named for `value`', { value: 'Score' }],
  ['one column for two things', rows(good), 'both `task` and `metric`', { task: 'task', metric: 'task' }],
  ['a task without a name', rows(' ,acc,1,0,1,1,percent'), 'line 2, column "task"'],
  ['a metric without a name', rows('mmlu,,1,0,1,1,percent'), 'line 2, column "metric"'],
  ['a model without a name', 'model,task,metric,value\n,a,acc,1\n', 'line 2, column "model"'],
  ['a value with a percent sign', rows('mmlu,acc,61.5%,0,1,1,percent'), 'line 2, column "value"'],
  ['a value with a comma', rows('mmlu,acc,"61,5",0,1,1,percent'), 'line 2, column "value"'],
  ['a value in words', rows(good, 'b,acc,high,0,1,1,percent'), 'line 3, column "value"'],
  ['a value with its error', rows('mmlu,acc,61.5 ± 0.4,0,1,1,percent'), 'line 2, column "value"'],
  ['an infinite value', rows('mmlu,acc,Infinity,0,1,1,percent'), 'line 2, column "value"'],
  ['a value beyond all numbers', rows('mmlu,acc,1e999,0,1,1,percent'), 'line 2, column "value"'],
  ['a hexadecimal value', rows('mmlu,acc,0x1f,0,1,1,percent'), 'line 2, column "value"'],
  ['true as a score', rows('mmlu,acc,true,0,1,1,percent'), 'line 2, column "value"'],
  ['a list as a score', rows('mmlu,acc,[1],0,1,1,percent'), 'line 2, column "value"'],
  ['percent above 100', rows('mmlu,acc,101,0,1,1,percent'), 'line 2, column "value"'],
  ['percent below 0', rows('mmlu,acc,-1,0,1,1,percent'), 'line 2, column "value"'],
  ['a percentage called a proportion', rows('mmlu,acc,61.5,0,1,1,proportion'), 'line 2, column "value"'],
  [
    'a percentage where the mapping says proportion',
    'task,metric,value\na,acc,61\n',
    'line 2',
    { scale: 'proportion' },
  ],
  ['an unknown scale', rows('mmlu,acc,61.5,0,1,1,per mille'), 'line 2, column "scale"'],
  ['a scale against the mapping', rows(good), 'line 2, column "scale"', { scale: 'points' }],
  ['a negative error', rows('mmlu,acc,61.5,-0.1,1,1,percent'), 'line 2, column "stderr"'],
  ['an error in words', rows('mmlu,acc,61.5,small,1,1,percent'), 'line 2, column "stderr"'],
  ['an infinite error', rows('mmlu,acc,61.5,inf,1,1,percent'), 'line 2, column "stderr"'],
  ['no items', rows('mmlu,acc,61.5,0,0,1,percent'), 'line 2, column "n"'],
  ['half an item', rows('mmlu,acc,61.5,0,1.5,1,percent'), 'line 2, column "n"'],
  ['a negative number of items', rows('mmlu,acc,61.5,0,-5,1,percent'), 'line 2, column "n"'],
  ['a number of items beyond all', rows('mmlu,acc,61.5,0,1e300,1,percent'), 'line 2, column "n"'],
  ['a number of items in words', rows('mmlu,acc,61.5,0,all,1,percent'), 'line 2, column "n"'],
  ['negative shots', rows('mmlu,acc,61.5,0,1,-1,percent'), 'line 2, column "shots"'],
  ['half a shot', rows('mmlu,acc,61.5,0,1,0.5,percent'), 'line 2, column "shots"'],
  ['shots in words', rows('mmlu,acc,61.5,0,1,few,percent'), 'line 2, column "shots"'],
  ['a score twice', rows(good, 'b,acc,1,0,1,1,percent', good), 'in line 2 and line 4'],
  ['a score twice over a cell of two lines', rows('"a\nb",acc,1,0,1,1,percent', good, good), 'in line 4 and line 5'],
  ['a score twice, once as 0.61', rows(good, 'mmlu,acc,0.61,0,100,5,proportion'), 'in line 2 and line 3'],
  ['two numbers of items for a task', rows(good, 'mmlu,f1,1,0,99,5,percent'), 'line 3: n of task "mmlu" is 99'],
  ['two numbers of shots for a task', rows(good, 'mmlu,f1,1,0,100,0,percent'), 'line 3: shots of task "mmlu" is 0'],
  ['two versions of a task', 'task,metric,value,version\na,acc,1,1\na,f1,1,2\n', 'line 3: version of task "a" is 2'],
  ['an item twice', items('a,acc,1,,1', 'a,acc,2,,1', 'a,acc,1,,0'), 'in line 2 and line 4'],
  ['an item without a name', items('a,acc,,,1'), 'line 2: the item has no name'],
  ['an item without a value', items('a,acc,1,,1', 'a,acc,2,,'), 'line 3: item 2 has no value'],
  ['an item whose value is NaN', items('a,acc,1,,nan'), 'line 2: item 1 has no value'],
  ['an item in two clusters', items('a,acc,1,x,1', 'a,f1,1,y,1'), 'line 3: item 1 is in cluster y'],
  [
    'items on two scales',
    'task,metric,item,value,scale\na,acc,1,1,percent\na,acc,2,1,raw\n',
    'line 3: acc is counted in',
  ],
];

async function refusal(name: string, content: string | Uint8Array, mapping: TableMapping = {}): Promise<string> {
  const error = await readHead(table, { [name]: content }, name, { suite: 's', fingerprint: null, mapping }).then(
    (runs) => runs,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(SkiagramError);
  return (error as SkiagramError).message;
}

test('there are enough variants', () => expect(csv.length).toBeGreaterThanOrEqual(50));

test.each(csv.map(([name, ...given]) => [name, given] as const))(
  'a broken CSV: %s',
  async (_, [text, place, mapping]) => {
    const message = await refusal('t.csv', text, mapping);
    expect(message).toContain('t.csv');
    expect(message).toContain(place);
  },
);

describe('a broken Parquet file', () => {
  const bytes = parquetBytes({
    task: Array.from({ length: 60 }, (_, index) => `task-${index}`),
    metric: Array(60).fill('acc'),
    value: Array.from({ length: 60 }, (_, index) => index / 60),
    n: Array(60).fill(10n),
  });
  const edited = (change: (copy: Buffer) => void): Uint8Array => {
    const copy = Buffer.from(bytes);
    change(copy);
    return copy;
  };
  const footer = Buffer.from(bytes).readUInt32LE(bytes.length - 8);

  test.each<[string, Uint8Array, string]>([
    ['empty', new Uint8Array(), 'it is empty'],
    ['short', bytes.slice(0, 9), 'too short'],
    ['cut in half', bytes.slice(0, bytes.length / 2), `byte ${Math.floor(bytes.length / 2) - 4}`],
    ['cut by a byte', bytes.slice(0, -1), `byte ${bytes.length - 5}`],
    ['text', Buffer.from('task,metric,value\na,acc,1\n'), 'does not begin with PAR1'],
    ['a footer longer than the file', edited((copy) => copy.writeUInt32LE(0x7fffffff, copy.length - 8)), 'no Parquet'],
    ['a footer of nothing', edited((copy) => copy.writeUInt32LE(0, copy.length - 8)), 'no Parquet'],
    ['a footer of noise', edited((copy) => copy.fill(0xa5, copy.length - 8 - footer, copy.length - 8)), 'no Parquet'],
    ['no rows', parquetBytes({ task: [], metric: [], value: [] }), 'no rows'],
    [
      'an infinite value',
      parquetBytes({ task: ['a'], metric: ['m'], value: [Number.POSITIVE_INFINITY] }),
      'row 1, column "value"',
    ],
    [
      'a number in words',
      parquetBytes({ task: ['a', 'b'], metric: ['m', 'm'], value: ['1', 'x'] }),
      'row 2, column "value"',
    ],
    [
      'an integer beyond all',
      parquetBytes({ task: ['a'], metric: ['m'], value: [1], n: [2n ** 60n] }),
      'row 1, column "n"',
    ],
    [
      'a task without a name',
      parquetBytes({ task: ['a', null], metric: ['m', 'm'], value: [1, 1] }),
      'row 2, column "task"',
    ],
    ['a score twice', parquetBytes({ task: ['a', 'a'], metric: ['m', 'm'], value: [1, 1] }), 'in row 1 and row 2'],
    ['no task', parquetBytes({ metric: ['m'], value: [1] }), 'no column `task`'],
  ])('%s', async (_, content, place) => {
    const message = await refusal('t.parquet', content);
    expect(message).toContain('t.parquet');
    expect(message).toContain(place);
  });

  test('changed anywhere is read or refused, and never breaks the program', { timeout: 120_000 }, async () => {
    // One byte in 37, from the first page to the footer.
    let refused = 0;
    for (let at = 4; at < bytes.length - 4; at += 37) {
      const copy = edited((content) => content.writeUInt8(content.readUInt8(at) ^ 0xff, at));
      const error = await readHead(table, { 't.parquet': copy }, 't.parquet').then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      if (error === undefined) continue;
      expect(error).toBeInstanceOf(SkiagramError);
      expect((error as SkiagramError).message).toContain('t.parquet');
      refused++;
    }
    expect(refused).toBeGreaterThan(5);
  });
});
