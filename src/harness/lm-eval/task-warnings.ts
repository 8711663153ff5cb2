import type { RawMetric, RawSample, RawTask } from '../raw-run.ts';
import { disagreeing } from '../sample-warnings.ts';
import type { Results } from './results-file.ts';
import { own } from './shape.ts';

type Warning = RawTask['warnings'][number];

export interface TaskFacts {
  readonly task: string;
  readonly metrics: readonly RawMetric[];
  readonly n: number | null;
  /** Undefined where there is no samples file. */
  readonly samples: readonly RawSample[] | undefined;
  /** Answers that held a number that is none. */
  readonly nonFinite: number;
  /** Older results files that were passed over. */
  readonly older: readonly string[];
}

/**
 * What is odd about one task. Codes: `non-finite-responses` (its score means nothing: a model of NaNs always picks the
 * first option), `non-finite-score`, `samples-missing`, `samples-incomplete`, `samples-disagree`, `older-results-ignored`.
 */
export function taskWarnings(results: Results, facts: TaskFacts): Warning[] {
  const { samples, nonFinite, metrics, older } = facts;
  const warnings: Warning[] = [];
  if (nonFinite > 0)
    warnings.push({
      code: 'non-finite-responses',
      message: `${nonFinite} of ${samples?.length ?? 0} answers hold a log-likelihood that is not a number; the score is chance or the first option, not skill.`,
    });
  const lost = metrics.filter(({ value }) => value === null).map(({ metric, filter }) => `${metric},${filter}`);
  if (lost.length > 0)
    warnings.push({
      code: 'non-finite-score',
      message: `The harness reported no finite number for ${lost.join(', ')}.`,
    });
  if (older.length > 0)
    warnings.push({
      code: 'older-results-ignored',
      message: `Only the newest of ${older.length + 1} results files was read; passed over: ${older.join(', ')}.`,
    });
  if (samples === undefined)
    return [
      ...warnings,
      { code: 'samples-missing', message: 'There is no samples file, so nothing can be compared item by item.' },
    ];
  const means = metrics.filter(({ metric }) => isMean(results, facts.task, metric));
  return [...warnings, ...incomplete(facts.n, samples), ...disagreeing(means, samples, facts.n)];
}

function incomplete(n: number | null, samples: readonly RawSample[]): Warning[] {
  const counts = new Map<string, number>();
  for (const { filter } of samples) counts.set(filter, (counts.get(filter) ?? 0) + 1);
  if (samples.length === 0) counts.set('none', 0);
  return [...counts]
    .filter(([, count]) => n !== null && count !== n)
    .map(([filter, count]) => ({
      code: 'samples-incomplete',
      message: `The samples file holds ${count} documents under filter '${filter}'; the score was made from ${n}.`,
    }));
}

/** lm-eval averages these unless the task says otherwise. */
const meansByDefault = new Set(['acc', 'acc_norm', 'exact_match']);

function isMean(results: Results, task: string, metric: string): boolean {
  const list = own(own(results.configs, task), 'metric_list');
  const entry = Array.isArray(list) ? list.find((item) => own(item, 'metric') === metric) : undefined;
  const aggregation = own(entry, 'aggregation');
  return aggregation === 'mean' || (aggregation === undefined && meansByDefault.has(metric));
}
