import { randomStream } from '../../src/base/random.ts';
import type { DossierCheckpoint } from '../../src/dossier/dossier.ts';
import type { Family } from '../../src/families/family.ts';
import type { RawRun, RawTask } from '../../src/harness/raw-run.ts';
import { type BoardInput, buildLeaderboard } from '../../src/leaderboard/build.ts';
import type { Leaderboard } from '../../src/leaderboard/leaderboard.ts';
import { type ModelInput, type ModelScores, modelScores } from '../../src/leaderboard/model-scores.ts';

/** What a test says of one model; everything else is that of an ordinary full run. */
export interface Plan {
  readonly id: string;
  readonly run?: string;
  /** Share of right answers by task. */
  readonly skill: Readonly<Record<string, number>>;
  readonly items?: number;
  readonly task?: Partial<RawTask>;
  readonly runFields?: Partial<RawRun>;
  readonly checkpoint?: Partial<DossierCheckpoint>;
  readonly prompt?: string;
  /** False: totals only. */
  readonly withItems?: boolean;
}

/** Two families, `reading` (r1, r2) and `maths` (m1), of free answers scored 0 or 1. */
export const families: readonly Family[] = [
  { id: 'reading', title: 'Reading', side: 'targeted', tasks: [scale('r1'), scale('r2')] },
  { id: 'maths', title: 'Maths', side: 'coverage', tasks: [scale('m1')] },
];

/** Models with answers drawn on items that all share: the same item is hard for everyone. */
export function model(plan: Plan): ModelScores {
  return modelScores(input(plan));
}

export function input({
  id,
  run = 'run',
  skill,
  items = 200,
  task,
  runFields,
  checkpoint,
  prompt = 'p',
  withItems = true,
}: Plan): ModelInput {
  const fingerprint = `${[...id].map((letter) => (letter.codePointAt(0) ?? 0).toString(16)).join('')}`
    .padEnd(64, '0')
    .slice(0, 64);
  const tasks = Object.entries(skill).map(([name, share]): RawTask => {
    const random = randomStream([...name].reduce((sum, letter) => sum * 31 + (letter.codePointAt(0) ?? 0), 7));
    const values = Array.from({ length: items }, () => (random.uniform() < share ? 1 : 0));
    const mean = values.reduce<number>((sum, value) => sum + value, 0) / items;
    return {
      task: name,
      version: '1',
      nShot: 0,
      outputType: 'generate_until',
      hash: null,
      n: items,
      nOriginal: items,
      metrics: [{ metric: 'acc', filter: 'none', value: mean, stderr: null, higherIsBetter: true, unit: 'proportion' }],
      samples: withItems
        ? values.map((value, item) => ({
            docId: item,
            docHash: `d${item}`,
            promptHash: `${prompt}${item}`,
            targetHash: `t${item}`,
            cluster: null,
            filter: 'none',
            metrics: { acc: value },
          }))
        : [],
      warnings: [],
      ...task,
    };
  });
  const raw: RawRun = {
    schemaVersion: '1.0',
    harness: 'lm-eval',
    harnessVersion: '0.4.13',
    suite: 'suite',
    fingerprint,
    settings: { dtype: 'float32', limit: null, batch_size: 8 },
    date: null,
    files: [],
    tasks,
    ...runFields,
  };
  return {
    run,
    families,
    runs: [raw],
    verdict: undefined,
    checkpoint: {
      id,
      base: null,
      condition: null,
      step: null,
      path: `./${id}`,
      fingerprint,
      architecture: null,
      parameters: null,
      dtypes: {},
      matrices: { pooled: 0, listed: 0 },
      leftOut: [],
      attestation: 'attested',
      scores: [],
      matrixDiagnostics: [],
      model: {},
      errors: [],
      ...checkpoint,
    },
  };
}

/** A leaderboard of some models under a fixed title, time and seed. */
export function board(plans: readonly Plan[], extra: Partial<BoardInput> = {}): Leaderboard {
  return buildLeaderboard({
    title: 'Board',
    tool: { name: 'skiagram', version: '0.0.0' },
    runs: [{ run: 'run', title: 'Run', date: '2026-01-02T03:04:05.000Z' }],
    models: plans.map(model),
    seed: 0,
    ...extra,
  });
}

/** All three tasks at one skill. */
export function all(share: number): Record<string, number> {
  return { r1: share, r2: share, m1: share };
}

function scale(id: string): Family['tasks'][number] {
  return { id, metric: 'acc', filter: 'none', chance: 0, max: 1, source: 'test' };
}
