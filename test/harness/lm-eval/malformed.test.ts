import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { readLmEval } from '../../../src/harness/lm-eval/read.ts';
import { RawRun } from '../../../src/harness/raw-run.ts';
import { type Staged, stage } from '../stage.ts';

const read = (staged: Staged) => readLmEval(staged.path, { suite: 'core', fingerprint: null });
const validate = new Ajv({ strict: false }).compile(RawRun);

const lines = (text: string) => text.trimEnd().split('\n');

type Damage = (staged: Staged) => Promise<void>;
const inResults =
  // biome-ignore lint/suspicious/noExplicitAny: breaks the document on purpose
    (change: (value: any) => void): Damage =>
    (staged) =>
      staged.editResults(change);
const inSamples =
  (change: (text: string) => string): Damage =>
  (staged) =>
    staged.edit(staged.samples('sk_mc'), change);
const rawResults =
  (text: string): Damage =>
  (staged) =>
    staged.edit(staged.results, () => text);

const refused: [string, string, string, Damage][] = [
  ['an empty results file', 'results-malformed', 'it is empty', rawResults('')],
  ['results that are no JSON', 'results-malformed', 'it is no JSON', rawResults('<html>')],
  [
    'results cut short',
    'results-malformed',
    'it is no JSON',
    (staged) => staged.edit(staged.results, (text) => text.slice(0, text.length / 2)),
  ],
  ['a list for results', 'results-malformed', 'the top: Must be object', rawResults('[]')],
  [
    'results without results',
    'results-malformed',
    'Missing key "results"',
    rawResults('{"lm_eval_version": "0.4.13"}'),
  ],
  [
    'results of another harness',
    'results-malformed',
    'does not look like',
    rawResults('{"results": {"a": {"acc": 1}}}'),
  ],
  ['a task whose metrics are a number', 'results-malformed', 'results.sk_mc', inResults((v) => (v.results.sk_mc = 3))],
  ['a task in configs without results', 'results-malformed', 'results.sk_ll', inResults((v) => delete v.results.sk_ll)],
  [
    'a score that is a text',
    'results-malformed',
    'results.sk_mc.acc,none',
    inResults((v) => (v.results.sk_mc['acc,none'] = 'high')),
  ],
  [
    'a standard error that is a list',
    'results-malformed',
    'acc_stderr',
    inResults((v) => (v.results.sk_mc['acc_stderr,none'] = [])),
  ],
  [
    'placeholder scores of --predict_only',
    'results-predict-only',
    '999',
    inResults((v) => (v.results.sk_mc['bypass,none'] = 999)),
  ],
  [
    'results of two models in one folder',
    'results-ambiguous',
    '2 models',
    async (staged) => {
      const other = JSON.parse(await readFile(join(staged.path, staged.results), 'utf8'));
      other.model_name = 'another';
      await writeFile(join(staged.path, 'results_2027-01-01T00-00-00.000000.json'), JSON.stringify(other));
    },
  ],
  ['no results file', 'results-missing', 'no results_*.json', (staged) => rm(join(staged.path, staged.results))],
  ['a sample row cut short', 'samples-unreadable', 'line 8', inSamples((text) => text.slice(0, -40))],
  [
    'a sample row that is a list',
    'samples-unreadable',
    'line 2',
    inSamples((text) => lines(text).with(1, '[1]').join('\n')),
  ],
  [
    'a sample without doc_id',
    'samples-unreadable',
    'doc_id',
    inSamples((text) => text.replace('"doc_id": 0', '"id": 0')),
  ],
  [
    'a doc_id that is a fraction',
    'samples-unreadable',
    'doc_id',
    inSamples((text) => text.replace('"doc_id": 0', '"doc_id": 0.5')),
  ],
  ['a document that comes twice', 'samples-duplicate', 'document 0', inSamples((text) => `${text}${lines(text)[0]}\n`)],
  [
    'a packed samples file cut short',
    'samples-unreadable',
    'unexpected end',
    async (staged) => {
      const file = join(staged.path, staged.samples('sk_mc'));
      await writeFile(`${file}.gz`, gzipSync(await readFile(file)));
      await truncate(`${file}.gz`, 400);
      await rm(file);
    },
  ],
  [
    'a packed samples file that is not packed',
    'samples-unreadable',
    'header',
    async (staged) => {
      const file = join(staged.path, staged.samples('sk_mc'));
      await writeFile(`${file}.gz`, await readFile(file));
      await rm(file);
    },
  ],
];

const tolerated: [string, string | undefined, Damage][] = [
  ['a missing samples file', 'samples-missing', (staged) => rm(join(staged.path, staged.samples('sk_mc')))],
  ['missing rows', 'samples-incomplete', inSamples((text) => lines(text).slice(2).join('\n'))],
  ['an empty samples file', 'samples-incomplete', inSamples(() => '\n\n')],
  ['a score that its samples do not give', 'samples-disagree', inResults((v) => (v.results.sk_mc['acc,none'] = 0.5))],
  [
    'bare NaN as a score',
    'non-finite-score',
    (staged) => staged.edit(staged.results, (text) => text.replace('"acc,none": 0.75', '"acc,none": NaN')),
  ],
  ['Windows line ends and a byte order mark', undefined, inSamples((text) => `\uFEFF${text.replaceAll('\n', '\r\n')}`)],
  ['a score as a bool', undefined, inSamples((text) => text.replaceAll('"acc": 1.0', '"acc": true'))],
  [
    'names from Object.prototype',
    undefined,
    inSamples((text) =>
      text.replace('"metrics": ["acc",', '"metrics": ["__proto__", "constructor", "toString", "acc",'),
    ),
  ],
  [
    'everything optional gone',
    undefined,
    inResults((v) => {
      for (const key of ['n-shot', 'versions', 'higher_is_better', 'n-samples', 'config', 'date', 'task_hashes'])
        delete v[key];
    }),
  ],
];

describe('damaged or hostile results', () => {
  it.each(refused)('are refused with file and place: %s', async (_, code, text, damage) => {
    const staged = await stage('good');
    await damage(staged);
    await expect(read(staged)).rejects.toMatchObject({
      name: 'SkiagramError',
      code,
      message: expect.stringContaining(text),
      hint: expect.any(String),
    });
  });

  it.each(tolerated)('are read, with a warning where scores are touched: %s', async (_, warning, damage) => {
    const staged = await stage('good');
    await damage(staged);
    const run = await read(staged);
    expect(run.tasks.find(({ task }) => task === 'sk_mc')?.warnings.map(({ code }) => code)).toEqual(
      warning === undefined ? [] : [warning],
    );
    expect(validate(JSON.parse(JSON.stringify(run))), JSON.stringify(validate.errors)).toBe(true);
  });

  it('drops a metric for all documents when one value is out of [0, 1]', async () => {
    const staged = await stage('good');
    await inSamples((text) => text.replace('"acc": 1.0', '"acc": 7'))(staged);
    const [task] = (await read(staged)).tasks;
    expect(task?.samples.every(({ metrics }) => !('acc' in metrics) && 'acc_norm' in metrics)).toBe(true);
  });

  it('reads files of lm-eval 0.3, which have neither filters nor configs', async () => {
    const staged = await stage('good');
    await rawResults(
      JSON.stringify({
        results: { piqa: { acc: 0.7, acc_stderr: 0.01 } },
        versions: { piqa: 0 },
        config: {
          model: 'hf-causal',
          model_args: 'pretrained=/models/x,dtype=float16',
          num_fewshot: 0,
          bootstrap_iters: 100000,
        },
      }),
    )(staged);
    const run = await read(staged);
    expect(run.tasks[0]?.metrics).toEqual([
      { metric: 'acc', filter: 'none', value: 0.7, stderr: 0.01, higherIsBetter: null },
    ]);
    expect(run.settings).toMatchObject({ model: 'hf-causal', dtype: 'float16' });
  });
});
