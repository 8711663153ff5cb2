import { SkiagramError } from '../../base/error.ts';
import type { SuiteConfig } from '../../config/config.ts';
import type { Taxonomy } from '../../families/taxonomy.ts';

/**
 * Throws `adaptive-recorded` or `adaptive-limit` where a suite leaves nothing to choose: its results are there already, or
 * it limits its items itself.
 */
export function refuseSuites(suites: readonly SuiteConfig[]): void {
  const foreign = suites.find((suite) => suite.harness !== 'lm-eval' || suite.recorded !== undefined);
  if (foreign) throw recorded(foreign.id);
  const limited = suites.find((suite) => suite.limit !== undefined);
  if (limited) throw limitSet(limited.id);
}

/**
 * Throws `adaptive-parts` for a benchmark whose parts are read as one task (57 MMLU subjects): its items have no common order
 * yet in which a part of them could be drawn.
 */
export function refuseParts({ families }: Taxonomy): void {
  const pooled = families.flatMap(({ tasks }) => tasks).find(({ parts }) => parts !== undefined);
  if (pooled)
    throw new SkiagramError({
      code: 'adaptive-parts',
      message: `Benchmark "${pooled.id}" comes in ${pooled.parts?.length} parts that are read as one task, which cannot be evaluated adaptively.`,
      hint: 'Evaluate its suite in full, or give its parts entries of their own in a families file.',
      exitCode: 2,
    });
}

function recorded(suite: string): SkiagramError {
  return new SkiagramError({
    code: 'adaptive-recorded',
    message: `Suite "${suite}" reads results that are there already, so there is nothing to ask adaptively.`,
    hint: 'Leave `adaptive` (or --until) out, or let Skiagram run the harness.',
    exitCode: 2,
  });
}

function limitSet(suite: string): SkiagramError {
  return new SkiagramError({
    code: 'adaptive-limit',
    message: `Suite "${suite}" sets a limit, but an adaptive evaluation chooses the items itself.`,
    hint: 'Remove `limit`, or cap the cost with `adaptive: {max_share: 0.5}`.',
    exitCode: 2,
  });
}

/** The error for a config without a comparison: nothing would ever be decided. */
export function nothingToDecide(): SkiagramError {
  return new SkiagramError({
    code: 'adaptive-no-comparison',
    message:
      'An adaptive evaluation stops when a comparison is decided, but no checkpoint that could be opened has its base here.',
    hint: 'Name the `base` of at least one checkpoint, or evaluate in full.',
    exitCode: 2,
  });
}
