import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { importResults } from '../../src/pipeline/import-results.ts';
import { writeImported } from '../../src/pipeline/import-to-file.ts';
import { compared, type ResultFiles } from './import-two.ts';

const fixture = (name: string): string => readFileSync(new URL(`../harness/${name}`, import.meta.url), 'utf8');
/** A JSON fixture after a change to what it holds. */
// biome-ignore lint/suspicious/noExplicitAny: a foreign document that a test changes at places it knows
const edited = (text: string, change: (value: any) => void): string => {
  const value = JSON.parse(text);
  change(value);
  return JSON.stringify(value);
};
const lines = (text: string, change: (row: Record<string, unknown>) => void): string =>
  `${text
    .trim()
    .split('\n')
    .map((line) => edited(line, change))
    .join('\n')}\n`;
const free = { chance: 0, max: 1, source: 'made up for this test' };

/** Each side of a format, and the gain that follows from the change by hand. */
interface Case {
  readonly base: ResultFiles;
  readonly subject: ResultFiles;
  readonly task: string;
  readonly metric: string;
  readonly filter?: string;
  readonly n: number;
  readonly gain: number;
  readonly se: 'paired-clustered' | 'unpaired-binomial' | 'reported';
  readonly chance?: number;
}

const cases: Readonly<Record<string, Case>> = {
  'lm-eval': (() => {
    const results = (right: number) =>
      JSON.stringify({
        results: { sums: { alias: 'sums', 'acc,none': right / 4, 'acc_stderr,none': 0.25 } },
        configs: { sums: { task: 'sums', output_type: 'multiple_choice' } },
        versions: { sums: 1 },
        'n-shot': { sums: 0 },
        'n-samples': { sums: { original: 4, effective: 4 } },
        config: { model: 'hf', model_args: { pretrained: 'lab/model' }, batch_size: 8 * right },
        task_hashes: { sums: 'aa' },
        model_name: 'lab/model',
        lm_eval_version: '0.4.13',
        date: 1_790_000_000,
      });
    const samples = (right: number) =>
      [0, 1, 2, 3]
        .map((id) =>
          JSON.stringify({
            doc_id: id,
            doc: {},
            target: '0',
            resps: [],
            filtered_resps: [],
            filter: 'none',
            metrics: ['acc'],
            doc_hash: `d${id}`,
            prompt_hash: `p${id}`,
            target_hash: 't',
            acc: id < right ? 1 : 0,
          }),
        )
        .join('\n');
    const of = (right: number) => ({
      'results_2026-09-21T14-13-20.000000.json': results(right),
      'samples_sums_2026-09-21T14-13-20.000000.jsonl': samples(right),
    });
    // 1 of 4, then 3 of 4, of one of two choices: (0.5 / 0.5) · 100.
    const sides = { base: of(1), subject: of(3), task: 'sums', metric: 'acc', n: 4 };
    return { ...sides, gain: 100, se: 'paired-clustered' as const, chance: 0.5 };
  })(),
  'lmms-eval': (() => {
    const results = fixture('lmms-eval/fixtures/20260102_030405_results.json');
    const samples = fixture('lmms-eval/fixtures/20260102_030405_samples_docvqa_val.jsonl');
    const of = (value: number, right: number) => ({
      '20260102_030405_results.json': edited(results, (file) => {
        file.results.docvqa_val['anls,none'] = value;
      }),
      '20260102_030405_samples_docvqa_val.jsonl': lines(samples, (row) => {
        row.anls = Number(row.doc_id) < right ? 1 : 0;
      }),
    });
    const sides = { base: of(0.75, 3), subject: of(0.25, 1), task: 'docvqa_val', metric: 'anls', n: 4 };
    return { ...sides, gain: -50, se: 'paired-clustered' as const };
  })(),
  vlmevalkit: (() => {
    const of = (acc: number) => ({
      'outputs/m/m_MathVista_MINI_gpt-4-turbo_score.csv': `"Task&Skill","tot","acc"\n"Overall","1000","${acc}"\n`,
    });
    // Percent in the files, a proportion in the families file, four choices: 5 / 0.75.
    const sides = { base: of(31.4), subject: of(36.4), task: 'MathVista_MINI', metric: 'acc', n: 1000 };
    return { ...sides, gain: 20 / 3, se: 'unpaired-binomial' as const, chance: 0.25 };
  })(),
  opencompass: (() => {
    const raw = fixture('opencompass/fixtures/history.json');
    const of = (score: string, second: boolean) => ({
      'r/summary/summary_20260102_030405.csv': `dataset,version,metric,mode,m\nhistory,caec7d,accuracy,ppl,${score}\n`,
      'r/results/m/history.json': edited(raw, (file) => {
        file.accuracy = second ? 100 : 200 / 3;
        file.details['1'].correct = second;
      }),
    });
    const sides = { base: of('66.67', false), subject: of('100.00', true), task: 'history', metric: 'accuracy', n: 3 };
    return { ...sides, gain: 100 / 3, se: 'paired-clustered' as const };
  })(),
  lighteval: (() => {
    const stamp = '2026-11-25T02-19-48.514236';
    const of = (right: number, repository: string) => ({
      [`results_${stamp}.json`]: JSON.stringify({
        config_general: { lighteval_sha: 'abc', model_name: `lab/${repository}`, max_samples: null },
        results: { 'leaderboard|arc:challenge|25|0': { acc: right / 5, acc_stderr: 0.2 }, all: { acc: right / 5 } },
        versions: { 'leaderboard|arc:challenge|25|0': 0 },
        config_tasks: { 'leaderboard|arc:challenge': { original_num_docs: 1172, effective_num_docs: 5 } },
      }),
      [`details_leaderboard|arc:challenge|25|0_${stamp}.parquet`]: new Uint8Array(
        parquetWriteBuffer({
          columnData: [
            { name: 'doc', data: [0, 1, 2, 3, 4].map((id) => ({ id: String(id), query: `q${id}` })), type: 'JSON' },
            { name: 'metric', data: [0, 1, 2, 3, 4].map((id) => ({ acc: id < right ? 1 : 0 })), type: 'JSON' },
          ],
        }),
      ),
    });
    const sides = { base: of(2, 'one'), subject: of(3, 'two'), task: 'arc:challenge', metric: 'acc', n: 5 };
    return { ...sides, gain: 20, se: 'paired-clustered' as const };
  })(),
  inspect: (() => {
    const log = fixture('inspect/fixtures/lengths.json.txt');
    const of = (third: string, mean: number) => ({
      'log.json': edited(log, (file) => {
        file.samples[2].scores.near.value = third;
        file.results.scores[0].metrics.accuracy.value = mean;
        // What runs at once is no other prompt.
        file.plan.config.max_connections = third === 'C' ? 10 : 40;
      }),
    });
    // Right, right, then half, is 2.5 of 3; wrong in place of the half is 2 of 3.
    const sides = { base: of('P', 2.5 / 3), subject: of('I', 2 / 3), task: 'sums_lengths', metric: 'accuracy' };
    return { ...sides, filter: 'near', n: 3, gain: -50 / 3, se: 'paired-clustered' as const };
  })(),
  helm: (() => {
    const [spec, stats, instances, questions] = ['run_spec', 'stats', 'per_instance_stats', 'instances'].map((name) =>
      fixture(`helm/fixtures/${name}.json`),
    ) as [string, string, string, string];
    // biome-ignore lint/suspicious/noExplicitAny: rows of a foreign document
    const isScore = ({ name }: any) => name.name === 'exact_match' && name.split === 'test' && !name.perturbation;
    const of = (model: string, third: number, mean: number) => ({
      'run/run_spec.json': edited(spec, (file) => {
        file.adapter_spec.model = model;
        file.name = file.name.replace('acme_base-1b', model);
      }),
      'run/instances.json': questions,
      'run/stats.json': edited(stats, (rows) => {
        for (const row of rows) if (isScore(row) && !row.name.sub_split) row.mean = mean;
      }),
      'run/per_instance_stats.json': edited(instances, (rows) => {
        for (const row of rows.filter((entry: { instance_id: string }) => entry.instance_id === 'id12'))
          for (const stat of row.stats) if (isScore(stat)) stat.mean = third;
      }),
    });
    const sides = { base: of('a', 0, 0.5), subject: of('b', 1, 0.75), metric: 'exact_match', n: 4 };
    return {
      ...sides,
      task: 'arithmetic:operation=add,method=generation',
      gain: 25,
      se: 'paired-clustered' as const,
    };
  })(),
  'every-eval-ever': (() => {
    const [record, rows] = [
      fixture('every-eval-ever/fixtures/record.json.txt'),
      fixture('every-eval-ever/fixtures/record.jsonl'),
    ];
    const changed = lines(rows, (row) => {
      if (row.evaluation_name === 'sums') row.evaluation = { score: 1, is_correct: true };
    });
    const subject = edited(record, (file) => {
      file.evaluation_results[0].score_details.score = 1;
      file.detailed_evaluation_results.checksum = createHash('sha256').update(changed).digest('hex');
    });
    const sides = { base: { 'record.json': record, 'record.jsonl': rows }, task: 'sums', metric: 'acc', n: 4 };
    return {
      ...sides,
      subject: { 'record.json': subject, 'record.jsonl': changed },
      gain: 25,
      se: 'paired-clustered' as const,
    };
  })(),
  'table of items': (() => {
    const of = (values: readonly number[]) => ({
      'items.csv': `task,metric,item,value,scale\n${values.map((value, item) => `t,acc,${item},${value},fraction\n`).join('')}`,
    });
    const sides = { base: of([1, 0, 0, 0, 1]), subject: of([1, 1, 0, 0, 1]), task: 't', metric: 'acc', n: 5 };
    return { ...sides, gain: 20, se: 'paired-clustered' as const };
  })(),
  'table of scores': (() => {
    const header = 'task,metric,value,stderr,n,shots,scale\n';
    // Percent on one side, a share on the other: the same scale after conversion.
    const base = { 's.csv': `${header}t,acc,61.5,1.2,1000,5,percent\n` };
    const subject = { 's.csv': `${header}t,acc,0.64,0.012,1000,5,fraction\n` };
    return { base, subject, task: 't', metric: 'acc', n: 1000, gain: 2.5, se: 'reported' as const };
  })(),
};

describe('results of two checkpoints become a gain', () => {
  test.each(Object.entries(cases))('%s', { timeout: 60_000 }, async (_, { base, subject, ...known }) => {
    const { task, metric, filter = 'none', chance = 0, n, gain, se } = known;
    const result = await compared({ base, subject }, { [task]: { ...free, metric, filter, chance } });
    expect(result.refused).toEqual({});
    expect(result.gains).toHaveLength(1);
    expect(result.gains[0]).toMatchObject({ task, n, se, gain: { value: expect.closeTo(gain, 9), n } });
    expect(result.attestation).toEqual(['unattested', 'unattested']);
  });
});

test('the normal form that an import wrote gives the same gain as the files it was made of', async () => {
  const known = cases['lm-eval'] as Case;
  const [base, subject] = await Promise.all([known.base, known.subject].map(imported));
  const { gains, refused } = await compared(
    { base: { 'base.json': String(base) }, subject: { 'narrow.json': String(subject) } },
    { sums: { ...free, metric: 'acc', chance: 0.5 } },
  );
  expect(refused).toEqual({});
  expect(gains[0]).toMatchObject({ n: 4, se: 'paired-clustered', gain: { value: 100 } });
});

/** What `skiagram import --as` writes of some files. */
async function imported(files: ResultFiles): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'skiagram-import-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const { runs } = await importResults({ paths: [folder], folder, suite: 's', fingerprint: null });
  return readFileSync(await writeImported(join(folder, 'out'), 'x', { schemaVersion: '1.0', runs: [...runs] }), 'utf8');
}

const card = (value: number | string): ResultFiles => ({
  'README.md': `---\nmodel-index:\n- name: m\n  results:\n  - dataset: {name: T, type: t}\n    metrics: [{type: acc, value: ${value}}]\n---\n`,
});
const evaluation = (value: number): ResultFiles => ({
  '.eval_results/r.yaml': `- dataset: {id: acme/t, task_id: t}\n  value: ${value}\n`,
});
const scores = (row: string, columns = 'task,metric,value,n,shots,scale'): ResultFiles => ({
  's.csv': `${columns}\n${row}\n`,
});
const judged = (judge: string): ResultFiles => ({
  [`outputs/m/m_MathVista_MINI_${judge}_score.csv`]: '"Task&Skill","tot","acc"\n"Overall","1000","31.4"\n',
});
const summary = (version: string): ResultFiles => ({
  'r/summary/summary_20260102_030405.csv': `dataset,version,metric,mode,m\nt,${version},accuracy,gen,50.00\n`,
});
// biome-ignore lint/suspicious/noExplicitAny: a foreign document that a test changes at places it knows
const inspected = (change: (log: any) => void = () => undefined): ResultFiles => ({
  'log.json': edited(fixture('inspect/fixtures/lengths.json.txt'), change),
});
const limited = (limit: number | null, n: number): ResultFiles => ({
  'results_2026-09-21T14-13-20.000000.json': JSON.stringify({
    results: { t: { alias: 't', 'acc,none': 0.5, 'acc_stderr,none': 0.1 } },
    configs: { t: { task: 't', output_type: 'multiple_choice' } },
    versions: { t: 1 },
    'n-shot': { t: 0 },
    'n-samples': { t: { original: 400, effective: n } },
    config: { model: 'hf', model_args: 'pretrained=lab/m', limit },
    model_name: 'lab/m',
    lm_eval_version: '0.4.13',
  }),
});
const near = { sums_lengths: { ...free, metric: 'accuracy', filter: 'near' } };
const acc = (name: string) => ({ [name]: { ...free, metric: 'acc' } });

describe('what does not belong together is refused with its reason', () => {
  test.each<[string, ResultFiles, ResultFiles, Parameters<typeof compared>[1], Parameters<typeof compared>[2], string]>(
    [
      [
        'another number of shots',
        scores('t,acc,60,100,0,percent'),
        scores('t,acc,62,100,5,percent'),
        acc('t'),
        {},
        'number of shots differs: 0 for the base, 5 for the subject',
      ],
      [
        'another judge (VLMEvalKit)',
        judged('gpt-4-turbo'),
        judged('exact_matching'),
        acc('MathVista_MINI'),
        {},
        'way of scoring differs: judged by gpt-4-turbo for the base, judged by exact_matching for the subject',
      ],
      [
        'another judge (Inspect)',
        inspected((log) => {
          log.eval.model_roles = { grader: { model: 'lab/judge-1' } };
        }),
        inspected((log) => {
          log.eval.model_roles = { grader: { model: 'lab/judge-2' } };
        }),
        near,
        {},
        'way of scoring differs: judged by lab/judge-1 for the base, judged by lab/judge-2 for the subject',
      ],
      [
        'another temperature (Inspect)',
        inspected(),
        inspected((log) => {
          log.eval.model_generate_config.temperature = 0.7;
        }),
        near,
        {},
        'generate.temperature differs: none for the base, 0.7 for the subject',
      ],
      [
        'another solver (Inspect)',
        inspected(),
        inspected((log) => {
          log.plan.steps.unshift({ solver: 'chain_of_thought', params: {} });
        }),
        near,
        {},
        'prompt hash differs',
      ],
      [
        'other questions under the same ids (Inspect)',
        inspected(),
        inspected((log) => {
          log.samples[1].input = 'What is 1 + 1?';
        }),
        near,
        {},
        'item b has another document in the two runs',
      ],
      [
        'another version of the prompts (OpenCompass)',
        summary('aaa111'),
        summary('bbb222'),
        { t: { ...free, metric: 'accuracy' } },
        {},
        'prompt hash differs: aaa111 for the base, bbb222 for the subject',
      ],
      [
        'a part against the whole (lm-eval)',
        limited(null, 400),
        limited(50, 50),
        acc('t'),
        {},
        'number of items differs: 400 for the base, 50 for the subject; limit differs: none for the base, 50 for the subject',
      ],
      [
        'a number without a unit (table)',
        scores('t,acc,60,100', 'task,metric,value,n'),
        scores('t,acc,62,100', 'task,metric,value,n'),
        acc('t'),
        {},
        'the results do not say whether the number is a proportion or a percentage; state it as the scale',
      ],
      [
        'a number without a unit (model-index)',
        card(60.5),
        card(62),
        acc('t'),
        {},
        'the results do not say whether the number is a proportion or a percentage; state it as the scale',
      ],
      [
        'a number without a unit (eval-results)',
        evaluation(60.5),
        evaluation(62),
        { 'acme/t/t': { ...free, metric: 'score' } },
        {},
        'the results do not say whether the number is a proportion or a percentage; state it as the scale',
      ],
      [
        'a quoted number without a number of items, though its scale is stated',
        card(60.5),
        card(62),
        acc('t'),
        { scale: 'percent' },
        'the number of items is not known',
      ],
      [
        'a quoted number against a measured one',
        scores('t,acc,60,2,percent', 'task,metric,value,n,scale'),
        scores('t,acc,0,100,percent\nt,acc,1,0,percent', 'task,metric,item,value,scale'),
        acc('t'),
        {},
        'origin of the score differs: quoted for the base, measured for the subject',
      ],
    ],
  )('%s', { timeout: 60_000 }, async (_, base, subject, tasks, suite, reason) => {
    const { gains, refused } = await compared({ base, subject }, tasks, suite);
    expect(gains).toEqual([]);
    expect(Object.values(refused).join()).toContain(reason);
  });

  test('and a table whose scale the suite states is compared', async () => {
    const columns = 'task,metric,value,n';
    const { gains, refused } = await compared(
      { base: scores('t,acc,60,100', columns), subject: scores('t,acc,62,100', columns) },
      acc('t'),
      { scale: 'percent' },
    );
    expect(refused).toEqual({});
    expect(gains[0]).toMatchObject({ n: 100, se: 'unpaired-binomial', gain: { value: expect.closeTo(2, 9) } });
  });
});
