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
 * Throws `adaptive-no-family` where no task of the suites belongs to a family: nothing would ever be asked.
 *
 * @param unknown tasks in no family
 */
export function refuseUnknown({ families }: Taxonomy, unknown: readonly string[]): void {
  if (families.length > 0) return;
  throw new SkiagramError({
    code: 'adaptive-no-family',
    message: `An adaptive evaluation decides families, but none of the tasks belongs to one: ${named(unknown)}.`,
    hint: 'Put the tasks in a families file, or evaluate in full.',
    exitCode: 2,
  });
}

/**
 * Throws `adaptive-no-axis` where the contrast alone is to be decided and there is none: a side without a family whose
 * chance levels are all known. With the gate beside it the contrast is simply left out.
 */
export function refuseNoAxis({ families, axis }: Taxonomy, decide: readonly string[]): void {
  if (!decide.includes('axis') || decide.includes('gate')) return;
  const empty = (['targeted', 'coverage'] as const).find(
    (side) =>
      !families.some(({ id, tasks }) => axis[side].includes(id) && tasks.every(({ chance }) => chance !== null)),
  );
  if (empty === undefined) return;
  throw new SkiagramError({
    code: 'adaptive-no-axis',
    message: `\`adaptive.decide\` names only the axis, but the results hold no ${empty} family with known chance levels.`,
    hint: 'Declare `axis: {targeted: [...], coverage: [...]}` with families of these suites, or decide the gate too.',
    exitCode: 2,
  });
}

/** A few names of many. */
export function named(tasks: readonly string[]): string {
  const shown = 8;
  const rest = tasks.length - shown;
  return `${tasks.slice(0, shown).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
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
