import type { RandomStream } from '../../src/base/random.ts';
import type { RawRun, RawTask } from '../../src/harness/raw-run.ts';
import { levelFor, logitFor } from './item-curve.ts';
import { plan, type ScoreCell } from './plan.ts';
import { worldStream } from './world-stream.ts';

/** One planted world: what both models answered, and what is true of them. */
export interface ScoreWorld {
  readonly base: RawRun;
  readonly subject: RawRun;
  /** True mean gain of each family on its kind of task, κ-points. */
  readonly families: readonly number[];
  /** True gain of each task, κ-points: what its items would give if there were no end of them. */
  readonly tasks: readonly (readonly number[])[];
}

/**
 * Draws a world of a cell. Gains are planted in κ-points: the gain of a task is its family's gain plus scatter, and the
 * subject's logit is the one at which the mean over item difficulties is higher by exactly that. Both models meet the same
 * items, so that they agree on hard and easy ones; clusters share difficulty. Equal numbers give equal worlds.
 */
export function scoreWorld(cell: ScoreCell, world: number): ScoreWorld {
  const random = worldStream(cell.id, world);
  const planted = plantedGains(cell);
  const families = unevenAround(planted, cell, random);
  const runs: { base: RawTask[]; subject: RawTask[] } = { base: [], subject: [] };
  const tasks = families.map((gain, family) =>
    Array.from({ length: cell.tasks }, (_, task) => {
      const spike = cell.truth.kind === 'spike' && family === 0 && task === 0 ? cell.truth.points : 0;
      const before = baseLevel(cell, family, (planted[family] ?? 0) + spike, random);
      const after = inside(before + (gain + spike + cell.scatter * random.normal()) / 100);
      const [one, two] = answers([logitFor(before), logitFor(after)], cell, random);
      const name = taskName(family, task);
      runs.base.push(rawTask(name, one, cell));
      runs.subject.push(rawTask(name, two, cell));
      return 100 * (after - before);
    }),
  );
  return { base: rawRun(runs.base), subject: rawRun(runs.subject), families, tasks };
}

/** Natural unevenness between families; in a centred cell each side's mean is exactly what was planted. */
function unevenAround(planted: readonly number[], cell: ScoreCell, random: RandomStream): number[] {
  const off = planted.map(() => cell.uneven * random.normal());
  const sides = [off.slice(0, cell.targeted), off.slice(cell.targeted)];
  const centres = sides.map((side) => (cell.centred ? side.reduce((sum, one) => sum + one, 0) / side.length : 0));
  return planted.map((gain, at) => gain + (off[at] as number) - (centres[at < cell.targeted ? 0 : 1] as number));
}

/** Mean gain of each family as asked for, without the natural unevenness around it; a spike is on top of it. */
export function plantedGains({ truth, targeted, coverage }: ScoreCell): number[] {
  return Array.from({ length: targeted + coverage }, (_, family) =>
    truth.kind === 'spike' ? 0 : family < targeted ? truth.targeted : truth.coverage,
  );
}

export function familyName(family: number): string {
  return `family-${family}`;
}

export function taskName(family: number, task: number): string {
  return `${familyName(family)}-task-${task}`;
}

/** κ of the base on a task: its family's level, moved so that the planted gain has room on both sides. */
function baseLevel(cell: ScoreCell, family: number, gain: number, random: RandomStream): number {
  const { levels, ceilingLevel, taskSd } = plan.items;
  const wanted = levels[family % levels.length] as number;
  const full = cell.ceiling && family >= cell.targeted;
  const roomy = Math.max(0.25 - Math.min(0, gain) / 100, Math.min(wanted, 0.8 - Math.max(0, gain) / 100));
  const level = full ? ceilingLevel : roomy;
  const moved = Math.log(level / (1 - level)) + taskSd * random.normal();
  return inside(1 / (1 + Math.exp(-moved)));
}

function inside(level: number): number {
  return Math.min(0.99, Math.max(0.01, level));
}

/** 0/1 answers of both models to the same items. */
function answers(
  logits: readonly [number, number],
  { items, cluster, icc, chance }: ScoreCell,
  random: RandomStream,
): [number[], number[]] {
  const { itemSd } = plan.items;
  const [shared, own] = [itemSd * Math.sqrt(icc), itemSd * Math.sqrt(1 - icc)];
  const drawn: [number[], number[]] = [[], []];
  let passage = 0;
  for (let item = 0; item < items; item++) {
    if (cluster > 1 && item % cluster === 0) passage = shared * random.normal();
    const difficulty = cluster > 1 ? passage + own * random.normal() : itemSd * random.normal();
    for (const side of [0, 1] as const)
      drawn[side].push(random.uniform() < chance + (1 - chance) * levelFor(logits[side] + difficulty, 0) ? 1 : 0);
  }
  return drawn;
}

function rawTask(task: string, outcomes: readonly number[], { cluster }: ScoreCell): RawTask {
  const value = outcomes.reduce((sum, outcome) => sum + outcome, 0) / outcomes.length;
  return {
    task,
    version: '1',
    nShot: 0,
    outputType: 'multiple_choice',
    hash: null,
    n: outcomes.length,
    nOriginal: outcomes.length,
    metrics: [{ metric: 'acc', filter: 'none', value, stderr: null, higherIsBetter: true }],
    samples: outcomes.map((acc, docId) => ({
      docId,
      docHash: null,
      promptHash: null,
      targetHash: null,
      cluster: cluster > 1 ? `passage ${Math.floor(docId / cluster)}` : null,
      filter: 'none',
      metrics: { acc },
    })),
    warnings: [],
  };
}

function rawRun(tasks: RawTask[]): RawRun {
  return {
    schemaVersion: '1.0',
    harness: 'lm-eval',
    harnessVersion: '0.4.13',
    suite: 'planted',
    fingerprint: null,
    settings: { dtype: 'float32' },
    date: null,
    files: [],
    tasks,
  };
}
