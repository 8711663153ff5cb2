import { type Measured, numberOf, ok, skipped } from '../base/measured.ts';
import type { CommonGround, CountedTask } from './common-ground.ts';
import type { BoardModel } from './leaderboard.ts';
import type { ModelScores } from './model-scores.ts';
import type { NamedModel } from './name-models.ts';

/** One model as the document has it: facts of its run, its verdict, and its scores on the items that count. */
export function boardModel(
  { name, scores, alsoIn }: NamedModel,
  status: BoardModel['status'],
  reasons: BoardModel['reasons'],
  ground: CommonGround,
  place: number,
): BoardModel {
  const { checkpoint, verdict, run } = scores;
  const tasks = [...scores.tasks.values()].map((result) => {
    const counted = ground.tasks.find(({ task }) => task.id === result.task.id);
    const index = counted?.models.indexOf(place) ?? -1;
    return {
      task: result.task.id,
      family: result.family.id,
      score: counted && index >= 0 ? onCommonItems(counted, index) : result.score,
      counted: index >= 0,
    };
  });
  return {
    model: name,
    checkpoint: checkpoint.id,
    run,
    alsoIn: [...alsoIn],
    base: checkpoint.base,
    condition: checkpoint.condition,
    step: checkpoint.step,
    fingerprint: checkpoint.fingerprint,
    architecture: checkpoint.architecture,
    parameters: checkpoint.parameters,
    attestation: checkpoint.attestation,
    status,
    reasons,
    ownScore: ownScore(scores, ground),
    tasks,
    verdict: verdict
      ? {
          base: verdict.base,
          verdict: verdict.verdict,
          title: verdict.title,
          confidence: verdict.confidence,
          text: verdict.plain ?? verdict.sentence,
          restructuring: verdict.restructuring.label,
          D: verdict.restructuring.D,
          S: verdict.asymmetry.S,
        }
      : null,
  };
}

function onCommonItems({ estimates, items }: CountedTask, index: number): Measured {
  const value = estimates.values[index] ?? 0;
  const se = Math.sqrt(estimates.variances[index] ?? 0);
  return ok(value, { se, n: items });
}

/** The mean of families over a model's own items, where it has every task that counts, whatever the settings. */
function ownScore({ tasks }: ModelScores, ground: CommonGround): Measured {
  const families = Map.groupBy(ground.tasks, ({ family }) => family.id);
  const means: number[] = [];
  for (const members of families.values()) {
    const scores = members.map(({ task }) => numberOf(tasks.get(task.id)?.score));
    if (scores.some((score) => score === undefined))
      return skipped('tasks-missing', 'It lacks tasks that count, and nothing is filled in.');
    means.push(scores.reduce<number>((sum, score) => sum + (score ?? 0), 0) / scores.length);
  }
  return ok(means.reduce((sum, mean) => sum + mean, 0) / means.length, { note: 'on its own items' });
}
