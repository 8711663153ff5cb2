import { exitCodes } from '../base/error.ts';
import { assignTasks } from '../families/assign-tasks.ts';
import type { Taxonomy } from '../families/taxonomy.ts';
import type { RawRuns } from '../harness/raw-runs.ts';
import type { Manifest } from '../store/manifest.ts';
import { RunFolder } from '../store/run-folder.ts';
import { AdaptiveEvidence } from './adaptive/evaluate-adaptively.ts';
import type { RunContext } from './context.ts';
import { evaluateSuites } from './evaluate-suites.ts';
import { loadTaxonomy } from './load-taxonomy.ts';
import { openCheckpoints } from './open-checkpoints.ts';
import { prepare, type RunOptions } from './run.ts';

/** Scores of every checkpoint that could be evaluated. */
export interface EvaluateResult {
  readonly folder: string;
  readonly scores: ReadonlyMap<string, RawRuns>;
  /** The same as the taxonomy reads them: on its scales, with the tasks that it pools. */
  readonly read: ReadonlyMap<string, RawRuns>;
  readonly taxonomy: Taxonomy;
  /** What an adaptive evaluation decided and spent. */
  readonly adaptive?: AdaptiveEvidence;
  readonly stages: Manifest['stages'];
  readonly exitCode: number;
}

/** The scores branch alone, into the same folder that `run` uses; errors as there. */
export async function evaluateOnly(options: RunOptions): Promise<EvaluateResult> {
  const rules = await loadTaxonomy(options.loaded);
  const folder = await RunFolder.open(options.out);
  const unlock = await folder.lock();
  const context: RunContext = {
    loaded: options.loaded,
    folder,
    progress: options.progress,
    signal: options.signal,
    jobs: options.jobs,
    stages: [],
  };
  try {
    await prepare(folder, options);
    const opened = await openCheckpoints(context);
    const outcomes = await evaluateSuites(context, opened, options.python, rules);
    const scores = new Map(
      [...outcomes].flatMap(([id, outcome]) => ('value' in outcome ? [[id, outcome.value] as const] : [])),
    );
    const assignment = assignTasks(
      rules,
      [...scores.values()].map(({ runs }) => runs),
    );
    // Without scores what lies there is the evidence of an earlier attempt.
    const adaptive =
      options.loaded.config.adaptive && scores.size > 0
        ? await folder.read(AdaptiveEvidence, 'adaptive/evidence.json')
        : undefined;
    return {
      folder: folder.root,
      ...(adaptive === undefined ? {} : { adaptive }),
      scores,
      read: new Map(
        [...scores].map(([id, all], index) => [id, { ...all, runs: [...(assignment.runs[index] ?? [])] }] as const),
      ),
      taxonomy: assignment,
      stages: context.stages,
      exitCode: context.stages.some((stage) => stage.outcome === 'failed') ? exitCodes.input : exitCodes.ok,
    };
  } finally {
    await unlock();
  }
}
