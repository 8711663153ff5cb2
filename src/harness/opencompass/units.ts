import type { Unit } from '../raw-run.ts';

/**
 * Metrics that OpenCompass multiplies by 100. Looked up in the source: those of openicl_eval.py; the rest is from knowledge
 * of the format.
 */
const percent =
  /^(?:accuracy|exact_match|em|f1|rouge[12l]|bleu|pass@\d+|humaneval_pass@\d+|humaneval_plus_pass@\d+|.*[-_ ]accuracy|accuracy.*runs average.*)$/i;

/** `score` is a percentage where it is a match of answers, but points of a judge elsewhere. */
const percentScore = /^(?:triviaqa|nq|squad|longbench|leval|drop|mbpp|sanitized_mbpp|xsum|lambada)/i;

/** What a metric of the summary is counted in; `unknown` where no rule says. Never told by the size of the value. */
export function opencompassUnit(dataset: string, metric: string): Unit {
  if (percent.test(metric)) return 'percent';
  return metric === 'score' && percentScore.test(dataset) ? 'percent' : 'unknown';
}
