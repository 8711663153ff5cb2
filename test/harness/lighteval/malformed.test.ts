import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { SkiagramError } from '../../../src/base/error.ts';
import { lighteval } from '../../../src/harness/lighteval/reader.ts';
import { brokenTexts, expectRefused, wrongValues } from '../malformed.ts';
import { readFiles } from '../read-files.ts';
import { recorded, resultsName, resultsText, textDetails } from './files.ts';

const results = JSON.parse(resultsText);
const key = 'sk_choice:b|0';

const variants = [
  ...brokenTexts(resultsText, resultsName),
  ...wrongValues(results, [
    { path: ['config_general'], kinds: ['null', 'a list', 'text', 'gone'] },
    { path: ['config_general', 'model_name'], kinds: ['a number', 'null', 'a list', 'gone'] },
    { path: ['config_general', 'lighteval_sha'], kinds: ['a number', 'an object'] },
    { path: ['config_general', 'max_samples'], kinds: ['text', 'a list', 'true'] },
    { path: ['config_general', 'num_fewshot_seeds'], kinds: ['text'] },
    { path: ['results'], kinds: ['null', 'a list', 'text', 'a number', 'gone'] },
    { path: ['results', key], kinds: ['null', 'a list', 'text', 'a number'] },
    { path: ['versions'], kinds: ['a list', 'text'] },
    { path: ['config_tasks'], kinds: ['null', 'a list', 'text', 'gone'] },
    { path: ['config_tasks', key], kinds: ['a number', 'a list', 'true'] },
    { path: ['config_tasks', key, 'metrics'], kinds: ['text', 'an object'] },
    { path: ['config_tasks', key, 'metrics', 0, 'metric_name'], kinds: ['null', 'a number', 'gone'] },
    { path: ['config_tasks', key, 'metrics', 0, 'higher_is_better'], kinds: ['text', 'a number'] },
    { path: ['config_tasks', key, 'effective_num_docs'], kinds: ['text'] },
    { path: ['summary_tasks'], kinds: ['text', 'a list'] },
    { path: ['summary_tasks', key], kinds: ['a number'] },
  ]),
];

test.each(variants)('refused with file and place: $name', async (variant) => {
  await expectRefused(variant, resultsName, (text) => readFiles(lighteval, { [resultsName]: text }, [resultsName]));
});

const scores: [string, string, string, (copy: { results: Record<string, Record<string, unknown>> }) => void][] = [
  [
    'a score that is text',
    'results-malformed',
    `results["${key}"].acc`,
    (copy) => Object.assign(copy.results[key] ?? {}, { acc: 'high' }),
  ],
  [
    'a score that is a list',
    'results-malformed',
    `results["${key}"].acc`,
    (copy) => Object.assign(copy.results[key] ?? {}, { acc: [1] }),
  ],
  [
    'a score that is a bool',
    'results-malformed',
    `results["${key}"].acc`,
    (copy) => Object.assign(copy.results[key] ?? {}, { acc: true }),
  ],
  [
    'an error that is text',
    'results-malformed',
    'acc_stderr',
    (copy) => Object.assign(copy.results[key] ?? {}, { acc_stderr: 'x' }),
  ],
  [
    'a negative error',
    'results-malformed',
    'acc_stderr',
    (copy) => Object.assign(copy.results[key] ?? {}, { acc_stderr: -0.1 }),
  ],
  [
    'a key without shots',
    'results-malformed',
    'results["gsm8k"]',
    (copy) => Object.assign(copy.results, { gsm8k: { acc: 1 } }),
  ],
  [
    'shots that are text',
    'results-malformed',
    'results["gsm8k|few"]',
    (copy) => Object.assign(copy.results, { 'gsm8k|few': { acc: 1 } }),
  ],
  [
    'a key of five parts',
    'results-malformed',
    'a|b|c|0|1',
    (copy) => Object.assign(copy.results, { 'a|b|c|0|1': { acc: 1 } }),
  ],
  ['a key without a task', 'results-malformed', '|5', (copy) => Object.assign(copy.results, { '|5': { acc: 1 } })],
  [
    'a task under two numbers of shots',
    'task-twice',
    'results["sk_text|5"]',
    (copy) => Object.assign(copy.results, { 'sk_text|5': { em: 1 } }),
  ],
];

test.each(scores)('refused with file and place: %s', async (_, code, place, change) => {
  const copy = structuredClone(results);
  change(copy);
  const error = await refusal({ [resultsName]: JSON.stringify(copy) });
  expect(error).toMatchObject({ code, message: expect.stringContaining(place) });
  expect(error.message).toContain(resultsName);
});

describe('details', () => {
  const whole = recorded[textDetails] as Buffer;
  const table = (columns: Record<string, unknown[]>) =>
    Buffer.from(
      parquetWriteBuffer({ columnData: Object.entries(columns).map(([name, data]) => ({ name, data, type: 'JSON' })) }),
    );
  const docs = [
    { id: '0', query: 'q' },
    { id: '1', query: 'r' },
  ];
  const values = [
    { em: 1, f1: 1 },
    { em: 0, f1: 0 },
  ];
  const patched = (offset: number, bytes: number[]) => {
    const copy = Buffer.from(whole);
    Buffer.from(bytes).copy(copy, offset < 0 ? copy.length + offset : offset);
    return copy;
  };
  const renamed = (bytes: Buffer) => {
    const footer = bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8);
    return Buffer.from(bytes.fill('zz', bytes.indexOf('f1', footer), bytes.indexOf('f1', footer) + 2));
  };
  const broken: [string, Buffer, string][] = [
    ['empty', Buffer.alloc(0), 'Parquet'],
    ['text', Buffer.from('a table this is not, but long enough'), 'PAR1'],
    ...[0.1, 0.5, 0.9, 0.99].map((share): [string, Buffer, string] => [
      `cut to ${share}`,
      whole.subarray(0, share * whole.length),
      'Parquet',
    ]),
    ['its first page gone', Buffer.concat([whole.subarray(0, 4), whole.subarray(400)]), 'Parquet'],
    ['another beginning', patched(0, [0, 0, 0, 0]), 'PAR1'],
    ['another end', patched(-4, [0, 0, 0, 0]), 'Parquet'],
    ['an endless footer', patched(-8, [255, 255, 255, 127]), 'Parquet'],
    ['a footer of nothing', patched(-8, [0, 0, 0, 0]), 'Parquet'],
    ['a footer of rubbish', patched(-300, Array(200).fill(0xff)), 'Parquet'],
    ['pages of rubbish', patched(4, Array(1500).fill(0xa5)), 'Parquet'],
    // Both at once: the pages' errors must not outlive the refusal as rejections that nobody handles.
    [
      'pages of rubbish and a column that is not in the schema',
      renamed(patched(4, Array(1500).fill(0xa5))),
      'not in its schema',
    ],
    ['no metrics', table({ doc: docs }), 'row 0'],
    ['no questions', table({ metric: values }), 'row 0'],
    [
      'a question that is a number',
      table({ doc: [{ id: '0', query: 1 }, docs[1]], metric: values }),
      'row 0.doc.query',
    ],
    ['no question', table({ doc: [docs[0], { id: '1' }], metric: values }), 'row 1.doc'],
    ['metrics that are text', table({ doc: docs, metric: [values[0], 'high'] }), 'row 1.metric'],
    ['metrics that are null', table({ doc: docs, metric: [values[0], null] }), 'row 1'],
    ['an id that is a list', table({ doc: [{ id: [1], query: 'q' }, docs[1]], metric: values }), 'row 0.doc.id'],
    ['an item twice', table({ doc: [docs[0], docs[0]], metric: values }), 'row 1'],
  ];

  test.each(broken)('refused with file and place: %s', async (_, bytes, place) => {
    const error = await refusal({ [resultsName]: resultsText, [textDetails]: bytes });
    expect(error).toMatchObject({ code: 'results-malformed' });
    expect(error.message).toContain(textDetails);
    expect(error.message).toContain(place);
  });
});

async function refusal(files: Record<string, string | Buffer>): Promise<SkiagramError> {
  const error = await readFiles(lighteval, files, [resultsName]).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(SkiagramError);
  return error as SkiagramError;
}
