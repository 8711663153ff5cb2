import { type RandomStream, randomStream } from '../../../src/base/random.ts';
import { resolveTaxonomy, type Taxonomy } from '../../../src/families/taxonomy.ts';
import type { RawRun, RawTask } from '../../../src/harness/raw-run.ts';

const families = {
  'grade-school': ['Grade-school maths', ['gsm8k', 'svamp', 'asdiv', 'mawps'], 0],
  code: ['Code completion', ['humaneval', 'mbpp', 'apps_intro', 'ds1000'], 0],
  reasoning: ['Multi-step reasoning', ['bbh_dates', 'bbh_objects', 'bbh_logic', 'strategyqa'], 0.25],
  knowledge: ['World knowledge', ['mmlu_stem', 'mmlu_humanities', 'arc_challenge', 'openbookqa'], 0.25],
  reading: ['Reading comprehension', ['squad_v2', 'drop', 'quac', 'boolq'], 0],
  commonsense: ['Common sense', ['hellaswag', 'winogrande', 'piqa', 'siqa'], 0.5],
  safety: ['Safety', ['toxigen', 'truthfulqa', 'bbq', 'crows'], 0.5],
} as const satisfies Record<string, readonly [string, readonly string[], number]>;

/** Seven families of four tasks; maths and code are targeted, four are coverage, safety is on neither side. */
export const taxonomy: Taxonomy = resolveTaxonomy(
  {
    families: Object.fromEntries(
      Object.entries(families).map(([id, [title, tasks, chance]]) => [
        id,
        {
          title,
          tasks: Object.fromEntries(tasks.map((task) => [task, { metric: 'acc', chance, source: 'dataset card' }])),
        },
      ]),
    ),
    axis: {
      targeted: ['grade-school', 'code'],
      coverage: ['reasoning', 'knowledge', 'reading', 'commonsense'],
    },
  },
  undefined,
);

/** Share of the base's wrong answers that a checkpoint turns right, per family; a negative one unlearns right answers. */
export type Lift = Readonly<Record<keyof typeof families, number>>;

export const lifts = {
  none: lift(0, 0),
  shadow: lift(0.5, 0.005),
  broad: lift(0.34, 0.3),
  somewhatBroad: lift(0.2, 0.17),
  loss: { ...lift(0.02, 0.01), reading: -0.22, safety: -0.1 },
} as const;

function lift(targeted: number, others: number): Lift {
  return {
    'grade-school': targeted,
    code: targeted * 0.86,
    reasoning: others,
    knowledge: others * 0.9,
    reading: others * 1.1,
    commonsense: others,
    safety: others * 0.4,
  };
}

const items = 240;

/** What a harness would have written for one checkpoint: per-item results with hashes, equal questions everywhere. */
export function rawRun(options: { fingerprint: string | null; lift: Lift; seed: number; broken?: string }): RawRun {
  const [ability, random] = [randomStream(11), randomStream(options.seed)];
  return {
    schemaVersion: '1.0',
    harness: 'lm-eval',
    harnessVersion: '0.4.13',
    suite: 'core',
    fingerprint: options.fingerprint,
    settings: { model: 'hf', dtype: 'bfloat16', batch_size: 16, limit: null, num_fewshot: 0, random_seed: 0 },
    date: '2026-11-20T09:00:00.000Z',
    files: [],
    tasks: Object.entries(families).flatMap(([family, [, tasks, chance]]) =>
      tasks.map((task) =>
        rawTask(task, chance, options.lift[family as keyof Lift], ability, random, options.broken === task),
      ),
    ),
  };
}

function rawTask(
  task: string,
  chance: number,
  share: number,
  ability: RandomStream,
  random: RandomStream,
  broken: boolean,
): RawTask {
  const level = chance + (1 - chance) * (0.3 + 0.25 * ability.uniform());
  const task_share = share === 0 ? 0 : share + 0.03 * random.normal();
  const values = Array.from({ length: items }, () => {
    const right = ability.uniform() < level ? 1 : 0;
    const moved = random.uniform() < Math.abs(task_share);
    return moved ? (task_share > 0 ? 1 : 0) : random.uniform() < 0.04 ? 1 - right : right;
  });
  return {
    task,
    version: '1',
    nShot: 0,
    outputType: 'multiple_choice',
    hash: `hash-${task}`,
    n: items,
    nOriginal: items,
    metrics: [
      {
        metric: 'acc',
        filter: 'none',
        value: values.reduce<number>((sum, value) => sum + value, 0) / items,
        stderr: 0.03,
        higherIsBetter: true,
      },
    ],
    samples: values.map((value, docId) => ({
      docId,
      docHash: `${task}-${docId}`,
      promptHash: `${task}-p${docId}`,
      targetHash: `${task}-t${docId}`,
      cluster: null,
      filter: 'none',
      metrics: { acc: value },
    })),
    warnings: broken
      ? [{ code: 'non-finite-responses', message: '14 of 240 answers have a log-likelihood that is not a number.' }]
      : [],
  };
}
