import { SkiagramError } from '../../base/error.ts';
import type { SuiteConfig } from '../../config/config.ts';
import type { RawRun } from '../../harness/raw-run.ts';
import { evaluateSuite, type SuiteJob } from '../evaluate-suite.ts';

/** Tasks of one suite, groups resolved, and how many items each has. */
export interface SuiteSizes {
  readonly suite: SuiteConfig;
  readonly sizes: ReadonlyMap<string, number>;
  /** The run that told them: one item of every task. */
  readonly run: RawRun;
}

/**
 * Asks one item of every task, since only the harness knows how many items a task has and which tasks a group holds.
 * Throws `task-size-unknown` where the harness does not say.
 */
export async function suiteSizes(job: SuiteJob): Promise<SuiteSizes> {
  const { suite } = job;
  const { run } = await evaluateSuite(job, { name: 'sizes', settings: { limit: 1 } });
  return {
    suite,
    run,
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
