import type { LeftOut, RawMetric } from '../raw-run.ts';
import { malformed } from '../source/malformed.ts';
import type { Stat } from './run-folder.ts';

/** Rows that say how a run went, not how good the model is. */
const bookkeeping =
  /^(?:num_|finish_reason_|training_|inference_|estimated_|predicted_index$|batch_size$|prompt_truncated$|max_prob$|logprob(?:_per_byte)?$)|_runtime$/;

/** Metrics of HELM that are shares of 1, `@k` and all. */
const proportions =
  /^(?:(?:quasi_)?(?:prefix_)?(?:leave_articles_)?exact_match|f1_(?:score|set_match)|rouge_[12l]|bleu_[14]|classification_(?:micro|macro)_f1|exact_match_indicator|final_number_exact_match|math_equiv(?:_chain_of_thought)?)(?:@\d+)?$/;

export interface StatsRead {
  readonly metrics: readonly RawMetric[];
  /** The split that was read. */
  readonly split: string;
  readonly n: number | null;
  readonly leftOut: readonly LeftOut[];
}

/**
 * The scores of a run: of the split `test`, else `valid`, on inputs as they are (no perturbation), of the whole split.
 * The value is `mean`. `stddev` is over training trials, mostly one, and no standard error.
 *
 * @throws SkiagramError `results-malformed`: no row of either split, or one metric twice
 */
export function readStats(stats: readonly Stat[], file: string): StatsRead {
  const split = ['test', 'valid'].find((name) => stats.some((stat) => stat.name.split === name && isPlain(stat)));
  if (split === undefined) throw malformed(file, 'name.split', 'no row is of the split "test" or "valid"');
  const seen = new Set<string>();
  const skipped = new Map<string, number>();
  const skip = (reason: string) => void skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
  const metrics: RawMetric[] = [];
  let n: number | null = null;
  for (const [index, stat] of stats.entries()) {
    const { name } = stat.name;
    if (stat.name.split !== split) skip(`of another split than ${split}`);
    else if (stat.name.perturbation) skip('of perturbed inputs');
    else if (stat.name.sub_split) skip('of a part of the split');
    else if (name === 'num_instances') n = meanOf(stat) === null ? null : Math.round(meanOf(stat) ?? 0);
    else if (bookkeeping.test(name)) skip('says how the run went, not how good the model is');
    else if (stat.count === 0) skip('over no instances');
    else {
      if (seen.has(name)) throw malformed(file, `[${index}].name`, `the metric "${name}" comes a second time`);
      seen.add(name);
      metrics.push({
        metric: name,
        filter: 'none',
        value: meanOf(stat),
        stderr: null,
        higherIsBetter: null,
        ...(proportions.test(name) ? { unit: 'proportion' as const } : {}),
      });
    }
  }
  const leftOut = [...skipped].map(([reason, count]) => ({ what: `${file}: ${count} rows`, reason }));
  return {
    metrics,
    split,
    n,
    leftOut: [...leftOut, { what: `${file}: stddev`, reason: 'it is over training trials, and no standard error' }],
  };
}

/** Null where the file holds no finite mean. */
export function meanOf({ mean, sum, count }: Stat): number | null {
  return mean ?? (typeof sum === 'number' && count > 0 ? sum / count : null);
}

/** On inputs as they are, of the whole split. */
export function isPlain({ name }: Stat): boolean {
  return !name.perturbation && !name.sub_split;
}
