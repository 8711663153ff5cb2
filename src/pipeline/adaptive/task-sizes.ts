import { SkiagramError } from '../../base/error.ts';
import type { Checkpoint } from '../../checkpoint/checkpoint.ts';
import type { SuiteConfig } from '../../config/config.ts';
import type { RunContext } from '../context.ts';
import { evaluateSuite } from '../evaluate-suite.ts';
import type { Harness } from '../find-harness.ts';

/** Tasks of one suite, groups resolved, and how many items each has. */
export interface SuiteSizes {
  readonly suite: SuiteConfig;
  readonly sizes: ReadonlyMap<string, number>;
}

/**
 * Asks one item of every task, since only the harness knows how many items a task has and which tasks a group holds.
 * Throws `task-size-unknown` where the harness does not say.
 */
export async function suiteSizes(
  context: RunContext,
  id: string,
  checkpoint: Checkpoint,
  suite: SuiteConfig,
  harness: () => Promise<Harness>,
): Promise<SuiteSizes> {
  const { run } = await evaluateSuite(context, id, checkpoint, suite, harness, {
    name: 'sizes',
    settings: { limit: 1 },
  });
  return {
    suite,
    sizes: new Map(
      run.tasks.map(({ task, nOriginal }) => {
        if (nOriginal === null || nOriginal < 1)
          throw new SkiagramError({
            code: 'task-size-unknown',
            message: `The harness does not say how many items task "${task}" of suite "${suite.id}" has.`,
            hint: 'Evaluate without `adaptive`, or leave this task out.',
          });
        return [task, nOriginal];
      }),
    ),
  };
}
