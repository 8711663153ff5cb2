import type { Constants } from '../base/constants.ts';
import { type ErrorInfo, SkiagramError, toErrorInfo } from '../base/error.ts';
import type { Family } from '../families/family.ts';
import type { FamilyTaskGain } from '../families/family-gain.ts';
import { type AsymmetryOptions, measureAsymmetry } from '../families/measure-asymmetry.ts';
import type { Taxonomy } from '../families/taxonomy.ts';
import type { RawRun, RawTask } from '../harness/raw-run.ts';
import { incomparable } from '../scores/comparable.ts';
import { taskGain } from '../scores/gain.ts';
import { taskScore } from '../scores/task-score.ts';
import { compareAdaptively } from './compare-adaptively.ts';
import type { Comparison } from './dossier.ts';

/**
 * Scores of subject and base -> gains per task and family and their asymmetry. A task is `refused`, with the reason,
 * where the two runs differ in anything that changes its meaning, where either score failed, or where its chance level
 * is not known; a refused task never counts as 0.
 */
export function compareScores(
  base: readonly RawRun[],
  subject: readonly RawRun[],
  taxonomy: Taxonomy,
  constants: Constants,
  seed: number,
  options: AsymmetryOptions = {},
): Comparison['scores'] {
  if ([...base, ...subject].some((run) => run.adaptive)) return compareAdaptively(base, subject, taxonomy, constants);
  const gains: FamilyTaskGain[] = [];
  const refused: { task: string; reason: string }[] = [];
  for (const family of taxonomy.families) {
    for (const scale of family.tasks) {
      const outcome = gainOf(base, subject, scale);
      if ('refused' in outcome) refused.push({ task: scale.id, reason: outcome.refused });
      else gains.push({ family: family.id, ...outcome });
    }
  }
  if (gains.length === 0) return { status: 'failed', error: nothingCompared(refused) };
  return { status: 'ok', tasks: gains, ...measureAsymmetry(gains, taxonomy, constants, seed, options), refused };
}

function gainOf(
  base: readonly RawRun[],
  subject: readonly RawRun[],
  scale: Family['tasks'][number],
): ReturnType<typeof taskGain> {
  const [before, after] = [find(base, scale.id), find(subject, scale.id)];
  if (!before || !after) return { refused: `not in the results of the ${before ? 'subject' : 'base'}` };
  const differing = incomparable(before, after);
  if (differing) return { refused: differing };
  for (const [side, found] of [
    ['base', before],
    ['subject', after],
  ] as const) {
    const { score } = taskScore(found.task, scale);
    if (score.status !== 'ok') return { refused: `${side}: ${score.reason}` };
  }
  if (scale.chance === null)
    return { refused: `no chance level is known, so the gain cannot be pooled with others (${scale.source})` };
  return taskGain(before.task, after.task, { ...scale, chance: scale.chance });
}

function find(runs: readonly RawRun[], id: string): { run: RawRun; task: RawTask } | undefined {
  for (const run of runs) {
    const task = run.tasks.find((entry) => entry.task === id);
    if (task) return { run, task };
  }
  return undefined;
}

function nothingCompared(refused: readonly { task: string; reason: string }[]): ErrorInfo {
  return toErrorInfo(
    new SkiagramError({
      code: 'no-common-task',
      message: `No task could be compared with the base${refused[0] ? `; the first, ${refused[0].task}: ${refused[0].reason}` : ''}.`,
      hint: 'Both checkpoints need results of the same tasks, settings and harness version.',
    }),
  );
}
