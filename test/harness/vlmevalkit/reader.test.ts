import { describe, expect, it, test } from 'vitest';
import { SkiagramError } from '../../../src/base/error.ts';
import { vlmevalkit } from '../../../src/harness/vlmevalkit/reader.ts';
import { brokenTexts } from '../malformed.ts';
import { type Files, headsOf, readAll, readHead } from '../read-files.ts';

const quoted = (...rows: (string | number)[][]): string =>
  rows.map((row) => `${row.map((cell) => `"${cell}"`).join(',')}\n`).join('');

const mmmu = quoted(['split', 'Overall', 'Art', 'Biology'], ['dev', 0.36, 0.4, 0.2], ['validation', 0.3625, 0.5, 0.25]);
const mathvista = quoted(
  ['Task&Skill', 'tot', 'prefetch', 'hit', 'prefetch_rate', 'acc'],
  ['Overall', 1000, 430, 314, 43, 31.4],
  ['geometry reasoning', 239, 98, 70, 41, 29.29],
);
const hallusion = quoted(['split', 'aAcc', 'fAcc', 'qAcc'], ['Overall', 60, 30, 33], ['VD', 58, 28, 30]);
const pope = quoted(['split', 'Overall', 'acc', 'precision', 'recall'], ['Overall', 85.5, 86.25, 90, 81]);
const mme = quoted(['perception', 'reasoning', 'OCR'], [1500.5, 300.25, 120]);
const docvqa = quoted(['Overall'], [81.25]);
const ocrbench = JSON.stringify({ 'Text Recognition': 200, 'Final Score': 612, 'Final Score Norm': 61.2 });
const model = 'my_model_7b';
const of = (name: string, folder = `outputs/${model}`) => `${folder}/${model}_${name}`;

const metric = (over: object) => ({ filter: 'none', stderr: null, higherIsBetter: null, ...over });
const all: Files = {
  [of('MMMU_DEV_VAL_acc.csv')]: mmmu,
  [of('MathVista_MINI_gpt-4-turbo_score.csv')]: mathvista,
  [of('HallusionBench_score.csv')]: hallusion,
  [of('POPE_score.csv')]: pope,
  [of('MME_score.csv')]: mme,
  [of('DocVQA_VAL_acc.csv')]: docvqa,
  [of('OCRBench_score.json')]: ocrbench,
};

describe('scores of VLMEvalKit', () => {
  test('become one run of the model whose folder they are in, on the scale of each dataset', async () => {
    const runs = await readAll(vlmevalkit, all);
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({ harness: 'vlmevalkit', model, date: null, settings: {} });
    expect(runs[0]?.tasks.map(({ task, n, protocol }) => [task, n, protocol])).toEqual([
      ['DocVQA_VAL', null, null],
      ['HallusionBench', null, null],
      ['MME', null, null],
      ['MMMU_DEV_VAL', null, null],
      ['MathVista_MINI', 1000, 'judged by gpt-4-turbo'],
      ['OCRBench', null, null],
      ['POPE', null, null],
    ]);
    expect(runs[0]?.tasks.map(({ metrics }) => metrics)).toEqual([
      [metric({ metric: 'Overall', value: 81.25, unit: 'percent' })],
      [
        metric({ metric: 'aAcc', value: 60, unit: 'percent' }),
        metric({ metric: 'fAcc', value: 30, unit: 'percent' }),
        metric({ metric: 'qAcc', value: 33, unit: 'percent' }),
        // (60 + 30 + 33) / 3
        metric({ metric: 'average', value: 41, unit: 'percent' }),
      ],
      [
        metric({ metric: 'perception', value: 1500.5, unit: 'points' }),
        metric({ metric: 'reasoning', value: 300.25, unit: 'points' }),
        metric({ metric: 'sum', value: 1800.75, unit: 'points' }),
      ],
      [
        metric({ metric: 'Overall', filter: 'dev', value: 0.36, unit: 'proportion' }),
        metric({ metric: 'Overall', filter: 'validation', value: 0.3625, unit: 'proportion' }),
      ],
      [metric({ metric: 'acc', value: 31.4, unit: 'percent' })],
      [
        metric({ metric: 'Final Score', value: 612, unit: 'points' }),
        metric({ metric: 'Final Score Norm', value: 61.2, unit: 'percent' }),
      ],
      [
        metric({ metric: 'Overall', value: 85.5, unit: 'percent' }),
        metric({ metric: 'acc', value: 86.25, unit: 'percent' }),
        metric({ metric: 'precision', value: 90, unit: 'percent' }),
        metric({ metric: 'recall', value: 81, unit: 'percent' }),
      ],
    ]);
    expect(runs[0]?.tasks.flatMap(({ warnings }) => warnings)).toEqual([]);
    expect(runs[0]?.leftOut?.map(({ what }) => what)).toContain(`1 rows of ${of('HallusionBench_score.csv')}`);
  });

  test('of a dataset that nobody knows have no unit', async () => {
    const [run] = await readAll(vlmevalkit, { [of('NewBench_acc.csv')]: quoted(['split', 'Overall'], ['none', 0.5]) });
    expect(run?.tasks[0]).toMatchObject({ task: 'NewBench', metrics: [{ value: 0.5, unit: 'unknown' }] });
    expect(run?.tasks[0]?.warnings.map(({ code }) => code)).toEqual(['unit-unknown']);
    // MME-RealWorld is no MME.
    const [other] = await readAll(vlmevalkit, { [of('MME-RealWorld_score.csv')]: quoted(['Overall'], [0.5]) });
    expect(other?.tasks[0]?.metrics[0]?.unit).toBe('unknown');
  });

  test('of a later run count where there are two', async () => {
    const [run] = await readAll(vlmevalkit, {
      [of('DocVQA_VAL_acc.csv', `outputs/${model}/T20260101-120000`)]: docvqa,
      [of('DocVQA_VAL_acc.csv', `outputs/${model}/T20260201-120000`)]: quoted(['Overall'], [90]),
    });
    expect(run?.model).toBe(model);
    expect(run?.tasks[0]?.metrics[0]?.value).toBe(90);
    expect(run?.leftOut?.[0]?.what).toContain('T20260101-120000');
  });

  test('as a list of rows in JSON are the same', async () => {
    const rows = [
      { split: 'Overall', aAcc: 60, fAcc: 30, qAcc: 33 },
      { split: 'VD', aAcc: 58, fAcc: 28, qAcc: 30 },
    ];
    const [run] = await readAll(vlmevalkit, { [of('HallusionBench_score.json')]: JSON.stringify(rows) });
    const [csv] = await readAll(vlmevalkit, { [of('HallusionBench_score.csv')]: hallusion });
    expect(run?.tasks).toEqual(csv?.tasks);
  });

  test('moved away from their folder are told by the dataset', async () => {
    const [run] = await readAll(vlmevalkit, {
      'a_model_MMBench_DEV_EN_acc.csv': quoted(['split', 'Overall'], ['dev', 0.75]),
    });
    expect(run).toMatchObject({ model: 'a_model', tasks: [{ task: 'MMBench_DEV_EN', protocol: 'circular' }] });
  });

  test('that come twice for one run are refused with both places', async () => {
    const files = { [of('DocVQA_VAL_acc.csv')]: docvqa, [of('DocVQA_VAL_acc.json')]: '{"Overall": 81.25}' };
    await expect(readAll(vlmevalkit, files)).rejects.toMatchObject({
      code: 'task-twice',
      message: expect.stringMatching(/^(?=.*DocVQA_VAL_acc\.csv)(?=.*DocVQA_VAL_acc\.json)/),
    });
  });

  it.each<[string, string, boolean]>([
    [of('MMStar_acc.csv'), quoted(['split', 'Overall'], ['none', 0.5]), true],
    [of('OCRBench_score.json'), ocrbench, true],
    ['elsewhere/something_acc.csv', quoted(['split', 'Overall'], ['none', 0.5]), false],
    [of('notes_acc.csv'), 'a,b\n1,2\n', false],
    [of('MMStar.xlsx'), 'PK', false],
  ])('%s is recognised by its name and columns (%#)', async (name, text, expected) => {
    expect(await headsOf(vlmevalkit, { [name]: text })).toEqual(expected ? [name] : []);
  });
});

const multiple = (...rows: (string | number)[][]) =>
  ['MMBench_DEV_EN_acc.csv', quoted(['split', 'Overall', 'A'], ...rows)] as const;
const judged = (row: (string | number)[]) =>
  ['MathVista_MINI_gpt-4o_score.csv', quoted(['Task&Skill', 'tot', 'acc'], ['geometry', 1, 2], row)] as const;
const document = 'DocVQA_VAL_acc.csv';
const ocr = 'OCRBench_score.json';

const broken: [string, readonly [string, string | Uint8Array], string][] = [
  ['empty', [document, ''], 'empty'],
  ['blank', [document, '\n\n'], 'empty'],
  ['no rows', [document, quoted(['Overall'])], ':1: there are no rows'],
  ['two rows and no names', [document, quoted(['Overall'], [1], [2])], 'line 3'],
  ['UTF-16', [document, Buffer.from(`\uFEFF${docvqa}`, 'utf16le')], ':1: it is UTF-16'],
  ['no UTF-8', [document, Buffer.from([...Buffer.from(docvqa), 0xff, 10])], ':3: it is not UTF-8'],
  ['a NUL byte', [document, `${docvqa}\0`], ':3: it holds a NUL'],
  ['an open quote', [document, '"Overall"\n"81.25\n'], ':'],
  ['text after a quote', [document, '"Overall"\n"81"25\n'], ':2'],
  ['a quote in a cell', [document, 'Overall\n81"25\n'], ':2'],
  ['a row too long', [document, quoted(['Overall'], [1, 2])], ':2: this row has 2 cells'],
  ['a row too short', multiple(['dev', 0.5]), ':2: this row has 2 cells'],
  ['a column twice', [document, quoted(['Overall', 'Overall'], [1, 1])], ':1: the column "Overall" comes twice'],
  ['a column without a name', [document, quoted(['Overall', ''], [1, 1])], ':1: column 2 has no name'],
  ['a row of megabytes', [document, quoted(['Overall'], ['1'.repeat(5_000_000)])], ':'],
  ['HTML', [document, '<!doctype html>\n<title>404</title>\n'], 'no column Overall'],
  ['no column of the whole', [document, quoted(['val'], [50])], 'no column Overall'],
  ['no row of the whole', multiple(['part one', 0.5, 0.5]), 'column "split"'],
  ['no row of the whole, judged', judged(['algebra', 5, 50]), 'column "Task&Skill"'],
  ['a split twice', multiple(['dev', 0.5, 0.5], ['dev', 0.6, 0.6]), 'in line 2 and line 3'],
  ['the whole twice', ['HallusionBench_score.csv', hallusion.replace('VD', 'Overall')], 'in line 2 and line 3'],
  ...[
    'high',
    '81.25%',
    '81,25',
    'inf',
    '-Infinity',
    '1e999',
    '0x51',
    '[81]',
    'true',
    '81 ± 1',
    '100.5',
    '-1',
    '8125',
  ].map((value): [string, readonly [string, string], string] => [
    `the percentage ${value}`,
    [document, quoted(['Overall'], [value])],
    'line 2, column "Overall"',
  ]),
  ...['0.5.1', '50', '1.01', '-0.01', '50%', 'half'].map((value): [string, readonly [string, string], string] => [
    `the fraction ${value}`,
    multiple(['test', 0.5, 0.5], ['dev', value, 0.5]),
    'line 3, column "Overall"',
  ]),
  ...['0', '-5', '1.5', 'many', '1e300'].map((tot): [string, readonly [string, string], string] => [
    `${tot} items`,
    judged(['Overall', tot, 50]),
    'line 3, column "tot"',
  ]),
  ['one of three above 100', ['HallusionBench_score.csv', hallusion.replace('"30"', '"130"')], 'line 2, column "fAcc"'],
  ['points in words', ['MME_score.csv', mme.replace('300.25', 'n.a.')], 'line 2, column "reasoning"'],
  ['a precision above 100', ['POPE_score.csv', pope.replace('"90"', '"900"')], 'line 2, column "precision"'],
  ...brokenTexts(ocrbench, `outputs/${model}/${model}_${ocr}`).map(
    ({ name, text, place }): [string, readonly [string, string], string] => [`JSON, ${name}`, [ocr, text], place],
  ),
  ['JSON of no rows', [ocr, '[]'], 'there are no rows'],
  ['JSON of numbers', [ocr, '[1]'], '[0]'],
  ['JSON of a text', [ocr, '"score"'], 'the top'],
  ['JSON of null', [ocr, 'null'], 'the top'],
  ['JSON without scores', [ocr, '{"Text Recognition": 1}'], 'no column Final Score'],
  ['JSON, a score in words', [ocr, ocrbench.replace('612', '"many"')], 'the top, column "Final Score"'],
  ['JSON, a score that is a list', [ocr, ocrbench.replace('612', '[612]')], 'the top, column "Final Score"'],
  ['JSON, a percentage above 100', [ocr, ocrbench.replace('61.2', '612')], 'the top, column "Final Score Norm"'],
];

test('there are enough variants', () => expect(broken.length).toBeGreaterThanOrEqual(50));

test.each(broken)('a broken file: %s', async (_, [file, text], place) => {
  const name = of(file);
  const error = await readHead(vlmevalkit, { [name]: text }, name).then(
    (runs) => runs,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(SkiagramError);
  expect((error as SkiagramError).message).toContain(name);
  expect((error as SkiagramError).message).toContain(place);
});
