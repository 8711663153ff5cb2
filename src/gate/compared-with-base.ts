import type { Compared } from './candidate.ts';
import type { FamilyChange } from './family-change.ts';
import type { GateDossier } from './gate-artifacts.ts';
import { taskDifference } from './task-difference.ts';

/** A comparison of the dossier as the gate reads it: paired gains on the same items, from κ back to raw points. */
export function comparedWithBase(
  { checkpoint, base, scores }: GateDossier['comparisons'][number],
  dossier: Pick<GateDossier, 'families' | 'checkpoints'>,
): Compared {
  const reference = { kind: 'base', checkpoint: base, run: null, role: 'base' } as const;
  const notes = unattestedNotes([checkpoint, base], dossier.checkpoints);
  if (scores.status !== 'ok') return { reference, families: [], problem: scores.error.message, notes };
  const families = dossier.families.map(({ id, title, tasks }): FamilyChange => {
    const evidence = scores.adaptive?.families.find(({ family }) => family === id);
    return {
      family: id,
      title,
      tasks: scores.tasks.flatMap((gain) => {
        const scale = tasks.find((task) => task.id === gain.task);
        return gain.family === id && scale ? (taskDifference(gain, scale) ?? []) : [];
      }),
      refused: tasks.flatMap((task) => {
        const entry = scores.refused.find((refused) => refused.task === task.id);
        return entry ? [{ ...entry, known: task.chance === null }] : [];
      }),
      ...(evidence ? { adaptive: evidence } : {}),
    };
  });
  return { reference, families, notes };
}

/** Who vouches for the scores is part of what a gate says. */
export function unattestedNotes(
  ids: readonly string[],
  checkpoints: readonly { readonly id: string; readonly attestation: string }[],
): string[] {
  return checkpoints
    .filter(({ id, attestation }) => ids.includes(id) && attestation === 'unattested')
    .map(({ id }) => `Unattested: nothing shows that the scores of ${id} are of these very weights.`);
}
