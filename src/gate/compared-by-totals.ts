import { isMinor } from '../base/minor-settings.ts';
import type { FamilyChange } from './family-change.ts';
import type { GateDossier } from './gate-artifacts.ts';
import type { TaskDifference } from './task-difference.ts';

/**
 * Two checkpoints of which only the dossiers are there: scores with their errors, taken as independent. Everything is refused
 * where the runs' harness, version or settings differ, since the dossier does not say task by task.
 */
export function compareByTotals(
  base: { readonly dossier: GateDossier; readonly checkpoint: string },
  subject: { readonly dossier: GateDossier; readonly checkpoint: string },
): { readonly families: FamilyChange[]; readonly notes: string[] } | { readonly problem: string } {
  const differing = otherSettings(base.dossier, subject.dossier);
  if (differing) return { problem: differing };
  const families = subject.dossier.families.map(({ id, title, tasks }): FamilyChange => {
    const outcomes = tasks.map((task) => {
      const [before, after] = [base, subject].map(({ dossier, checkpoint }) =>
        dossier.checkpoints
          .find((entry) => entry.id === checkpoint)
          ?.scores.find((row) => row.task === task.id && row.metric === task.metric && row.filter === task.filter),
      );
      if (!before || !after) return { refused: `not in the results of the ${before ? 'candidate' : 'other run'}` };
      if (before.score.status !== 'ok') return { refused: before.score.reason };
      if (after.score.status !== 'ok') return { refused: after.score.reason };
      if (task.chance === null) return { refused: `no chance level is known (${task.source})` };
      return difference(task.id, before.score, after.score, task.max);
    });
    return {
      family: id,
      title,
      tasks: outcomes.flatMap((outcome) => ('refused' in outcome ? [] : [outcome])),
      refused: outcomes.flatMap((outcome, index) =>
        'refused' in outcome
          ? [
              {
                task: tasks[index]?.id ?? '',
                reason: outcome.refused,
                known: tasks[index]?.chance === null,
              },
            ]
          : [],
      ),
    };
  });
  return {
    families,
    notes: ['Not paired: only the dossiers of both runs are there, so the runs count as independent.'],
  };
}

interface Scored {
  readonly value: number;
  readonly se?: number;
  readonly n?: number;
}

function difference(task: string, before: Scored, after: Scored, max: number): TaskDifference | { refused: string } {
  const [first, second] = [errorOf(before, max), errorOf(after, max)];
  if (first === undefined || second === undefined) return { refused: 'one of the scores has no error' };
  const n = Math.min(before.n ?? 0, after.n ?? 0);
  return {
    ...{ task, n, clusters: n, df: Number.POSITIVE_INFINITY, kind: 'reported', flat: false },
    delta: (100 * (after.value - before.value)) / max,
    se: (100 * Math.hypot(first, second)) / max,
  };
}

/** A standard error of 0 says that all items agreed, not that nothing is open: it is then that of a binomial share with one more. */
function errorOf({ value, se, n }: Scored, max: number): number | undefined {
  if (se !== undefined && se > 0) return se;
  if (n === undefined || n < 1) return undefined;
  const share = Math.min(1 - 1 / (n + 2), Math.max(1 / (n + 2), value / max));
  return max * Math.sqrt((share * (1 - share)) / n);
}

function otherSettings(base: GateDossier, subject: GateDossier): string | undefined {
  const text = ({ harness }: GateDossier): string =>
    JSON.stringify(
      harness
        .map(({ harness: name, version, settings }) => [
          name,
          version,
          Object.entries(settings)
            .filter(([key]) => !isMinor(key))
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        ])
        .sort(),
    );
  return text(base) === text(subject)
    ? undefined
    : 'The two runs were made with other harness versions or settings, so their scores are not compared.';
}
