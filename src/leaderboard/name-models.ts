import { SkiagramError } from '../base/error.ts';
import type { ModelScores } from './model-scores.ts';

/** A model under the one name it has on the board. */
export interface NamedModel {
  readonly name: string;
  readonly scores: ModelScores;
  /** Other runs that hold the same results of the same weights, which are listed once. */
  readonly alsoIn: readonly string[];
}

/**
 * One name a model: the checkpoint's id, or `id (run)` where several runs have one of that name. The same weights with the
 * same scores in several runs (a base that all share) are one model.
 *
 * @throws SkiagramError `leaderboard-name-twice` where two runs of the same folder name hold different models of one name
 */
export function nameModels(models: readonly ModelScores[]): NamedModel[] {
  const distinct: { scores: ModelScores; alsoIn: string[] }[] = [];
  for (const scores of models) {
    const twin = distinct.find((entry) => sameModel(entry.scores, scores));
    if (twin) twin.alsoIn.push(scores.run);
    else distinct.push({ scores, alsoIn: [] });
  }
  const counts = Map.groupBy(distinct, ({ scores }) => scores.checkpoint.id);
  const named = distinct.map(({ scores, alsoIn }): NamedModel => {
    const { id } = scores.checkpoint;
    return { name: (counts.get(id)?.length ?? 0) > 1 ? `${id} (${scores.run})` : id, scores, alsoIn };
  });
  const seen = new Set<string>();
  for (const { name, scores } of named) {
    if (seen.has(name))
      throw new SkiagramError({
        code: 'leaderboard-name-twice',
        message: `Two runs named "${scores.run}" both hold a model "${scores.checkpoint.id}", with other weights or other scores.`,
        hint: 'Rename one of the run folders, or give the checkpoint another id in its config.',
        exitCode: 2,
      });
    seen.add(name);
  }
  return named;
}

function sameModel(one: ModelScores, other: ModelScores): boolean {
  const { id, fingerprint } = one.checkpoint;
  if (fingerprint === null || other.checkpoint.id !== id || other.checkpoint.fingerprint !== fingerprint) return false;
  if (one.tasks.size !== other.tasks.size) return false;
  return [...one.tasks].every(([task, result]) => {
    const twin = other.tasks.get(task);
    return (
      twin !== undefined &&
      JSON.stringify([...twin.meaning].sort()) === JSON.stringify([...result.meaning].sort()) &&
      JSON.stringify(twin.score) === JSON.stringify(result.score) &&
      sameValues(twin.items?.values, result.items?.values)
    );
  });
}

function sameValues(one: Float64Array | undefined, other: Float64Array | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return one.length === other.length && one.every((value, index) => value === other[index]);
}
