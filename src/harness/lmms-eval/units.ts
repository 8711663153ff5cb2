import type { Unit } from '../raw-run.ts';

/**
 * What the metrics of lmms-eval are counted in, as the aggregation functions of its tasks make them (lmms_eval/tasks):
 * the mean of a 0/1 or 0-to-1 score is a proportion; where a task multiplies by 100 it is named here. Looked up in the source:
 * mathvista, mmvet, videomme; the rest is from knowledge of the format.
 */
const rules: readonly (readonly [task: RegExp, metric: RegExp, unit: Unit])[] = [
  [/^mme(?:$|_)/, /^mme_(?:perception|cognition)_score$/, 'points'],
  [/^mathvista/, /^(?:gpt_eval_score|llm_as_judge_eval)$/, 'percent'],
  [/^mm-?vet/, /^gpt_eval_score$/, 'percent'],
  [/^mmbench/, /^gpt_eval_score$/, 'percent'],
  [/^videomme/, /^videomme_perception_score$/, 'percent'],
  [/./, /^(?:exact_match|anls|acc|accuracy|relaxed_(?:accuracy|overall)|mmmu_acc|ocrbench_accuracy)$/, 'proportion'],
  [/^pope/, /^pope_(?:accuracy|precision|recall|f1_score)$/, 'proportion'],
  [/^seedbench/, /^seed_(?:image|video|all)$/, 'proportion'],
];

/** The unit of a metric; `unknown` where no rule says. Never told by the size of the value. */
export function lmmsUnit(task: string, metric: string): Unit {
  return rules.find(([tasks, metrics]) => tasks.test(task) && metrics.test(metric))?.[2] ?? 'unknown';
}
