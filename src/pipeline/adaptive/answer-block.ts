import type { Checkpoint } from '../../checkpoint/checkpoint.ts';
import type { RawRun } from '../../harness/raw-run.ts';
import { itemAt } from '../../scores/sequential/item-order.ts';
import type { RunContext } from '../context.ts';
import { evaluateSuite, type SuiteJob } from '../evaluate-suite.ts';
import { mergeBlocks } from './merge-blocks.ts';
import type { PlannedFamily } from './plan.ts';
import type { SuiteSizes } from './task-sizes.ts';

/** What one checkpoint has answered. */
export interface Answered {
  readonly checkpoint: Checkpoint;
  readonly blocks: Map<string, RawRun[]>;
  /** Rounds of each family. */
  readonly rounds: Map<string, number>;
  failed: boolean;
}

/** Asks one checkpoint the items of a block that it has not answered, one harness process a suite. */
export async function answerBlock(
  context: RunContext,
  id: string,
  own: Answered,
  asked: {
    readonly block: number;
    readonly targets: ReadonlyMap<string, number>;
    readonly families: readonly PlannedFamily[];
    readonly sized: readonly SuiteSizes[];
    readonly means: Pick<SuiteJob, 'harness' | 'slots'>;
  },
): Promise<{ value: undefined; reused: boolean }> {
  let reused = true;
  for (const { suite, sizes } of asked.sized) {
    const samples = newItems(own.rounds, asked.targets, asked.families, sizes);
    const tasks = Object.keys(samples);
    if (tasks.length === 0) continue;
    const name = `block-${String(asked.block + 1).padStart(2, '0')}`;
    const part = { name, settings: { tasks, samples } };
    const result = await evaluateSuite({ context, id, checkpoint: own.checkpoint, suite, ...asked.means }, part);
    own.blocks.set(suite.id, [...(own.blocks.get(suite.id) ?? []), result.run]);
    reused &&= result.reused;
  }
  for (const [family, target] of asked.targets) own.rounds.set(family, Math.max(target, own.rounds.get(family) ?? 0));
  return { value: undefined, reused };
}

/** Task of the harness -> indices of its items that are to be asked now, rising. */
function newItems(
  done: ReadonlyMap<string, number>,
  targets: ReadonlyMap<string, number>,
  families: readonly PlannedFamily[],
  sizes: ReadonlyMap<string, number>,
): Record<string, number[]> {
  const items = new Map<string, number[]>();
  for (const { family, order } of families)
    for (const task of order.tasks)
      for (const item of task.groups.slice(done.get(family.id) ?? 0, targets.get(family.id) ?? 0).flat()) {
        const asked = itemAt(task, item);
        if (sizes.has(asked.task)) items.set(asked.task, [...(items.get(asked.task) ?? []), asked.index]);
      }
  return Object.fromEntries([...items].map(([task, own]) => [task, own.sort((one, two) => one - two)]));
}

/** Every task with all items that were answered so far. */
export function tasksOf({ blocks }: Answered): RawRun['tasks'] {
  return [...blocks.values()].flatMap((runs) =>
    runs.length === 0
      ? []
      : mergeBlocks(runs, { seed: 0, alpha: 0, margin: 0, decide: [], blocks: [], families: [] }).tasks,
  );
}
