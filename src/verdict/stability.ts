import type { Constants } from '../base/constants.ts';
import type { Restructuring } from '../dossier/dossier.ts';
import { coarsen } from '../families/coarsen.ts';
import type { CoarseDocument } from '../families/families-document.ts';
import type { FamilyTaskGain } from '../families/family-gain.ts';
import { measureAsymmetry } from '../families/measure-asymmetry.ts';
import type { Taxonomy } from '../families/taxonomy.ts';
import { quadrant } from './quadrant.ts';
import type { Stability, VerdictId } from './verdict.ts';

/** What the verdict was reached from. */
export interface StabilityInput {
  readonly verdict: VerdictId;
  readonly tasks: readonly FamilyTaskGain[];
  readonly taxonomy: Taxonomy;
  readonly label: Restructuring['label'];
  readonly constants: Constants;
  readonly seed: number;
}

/**
 * The same decision without each family in turn, and under the coarser grouping of the same tasks where it changes
 * anything (METHOD § 8.12). The weights stay as they are. Whatever comes out, the verdict stays; where they disagree it
 * is flagged. Costs about as much as one measurement a family.
 */
export function stability(input: StabilityInput, coarse?: CoarseDocument): Stability {
  const { verdict, tasks, taxonomy, label, constants, seed } = input;
  const verdictOf = (gains: readonly FamilyTaskGain[], grouping: Taxonomy): VerdictId =>
    quadrant(measureAsymmetry(gains, grouping, constants, seed, { display: false }).asymmetry.pattern, label);
  const present = taxonomy.families.filter(({ id }) => tasks.some((task) => task.family === id));
  const withoutFamily =
    present.length < 2
      ? []
      : present.map(({ id, title }) => {
          const found = verdictOf(
            tasks.filter((task) => task.family !== id),
            { ...taxonomy, families: taxonomy.families.filter((family) => family.id !== id) },
          );
          return { family: id, title, verdict: found, same: found === verdict };
        });
  const regrouped = coarse && underGrouping(tasks, taxonomy, coarse);
  const other = regrouped && verdictOf(regrouped.tasks, regrouped.taxonomy);
  const coarser =
    regrouped && other
      ? { families: regrouped.taxonomy.families.map(({ title }) => title), verdict: other, same: other === verdict }
      : null;
  return { withoutFamily, coarser, stable: withoutFamily.every(({ same }) => same) && (coarser?.same ?? true) };
}

/** The tasks under the coarser grouping; undefined where it leaves these families as they are. */
function underGrouping(
  tasks: readonly FamilyTaskGain[],
  taxonomy: Taxonomy,
  coarse: CoarseDocument,
): { tasks: FamilyTaskGain[]; taxonomy: Taxonomy } | undefined {
  const grouped = coarsen(taxonomy, coarse);
  if (grouped.families.length === taxonomy.families.length) return undefined;
  const familyOf = new Map(grouped.families.flatMap(({ id, tasks: own }) => own.map((task) => [task.id, id] as const)));
  return {
    tasks: tasks.map((task) => ({ ...task, family: familyOf.get(task.task) ?? task.family })),
    taxonomy: grouped,
  };
}
