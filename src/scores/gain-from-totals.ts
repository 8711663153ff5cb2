import { independentInterval } from '../base/wilson.ts';
import type { RawTask } from '../harness/raw-run.ts';
import type { Estimate } from './estimate.ts';
import { insideShare, logOddsSlope } from './log-odds.ts';
import { type CorrectedScale, endOfScale, type Scale } from './scale.ts';

/**
 * Difference of two totals taken as independent. The harness's standard errors are used where both sides have one
 * above 0 (`reported`); otherwise s(1 − s)/n on each side, which no result within the scale exceeds, with Newcombe's
 * interval. Refused where no finite score or no n is known: then the gain has no usable error.
 */
export function gainFromTotals(
  base: RawTask,
  subject: RawTask,
  scale: CorrectedScale,
): Estimate | { readonly refused: string } {
  const [first, second] = [reported(base, scale), reported(subject, scale)];
  if (first === undefined || second === undefined) return { refused: `no finite ${scale.metric} on both sides` };
  if (!base.n || !subject.n) return { refused: 'the number of items is not known, so the gain has no standard error' };
  const end = endOfScale(scale.max);
  const shares = [insideShare(first.value / end, base.n), insideShare(second.value / end, subject.n)] as const;
  const own = first.stderr > 0 && second.stderr > 0;
  const errors = own
    ? ([first.stderr, second.stderr] as const)
    : ([
        end * Math.sqrt((shares[0] * (1 - shares[0])) / base.n),
        end * Math.sqrt((shares[1] * (1 - shares[1])) / subject.n),
      ] as const);
  const n = Math.min(base.n, subject.n);
  const inside = [first.value, second.value].every((value) => value >= 0 && value <= end);
  const interval =
    own || !inside
      ? undefined
      : independentInterval({ share: first.value / end, n: base.n }, { share: second.value / end, n: subject.n });
  return {
    before: first.value,
    after: second.value,
    n,
    clusters: n,
    se: Math.hypot(...errors),
    logitSe: Math.hypot(
      (errors[0] / scale.max) * logOddsSlope(first.value / scale.max, base.n),
      (errors[1] / scale.max) * logOddsSlope(second.value / scale.max, subject.n),
    ),
    df: Number.POSITIVE_INFINITY,
    logitDf: Number.POSITIVE_INFINITY,
    kind: own ? 'reported' : 'unpaired-binomial',
    method: own ? 'unpaired normal, standard errors of the harness' : 'unpaired binomial',
    ...(interval ? { interval: { ...interval, low: end * interval.low, high: end * interval.high } } : {}),
  };
}

function reported(task: RawTask, scale: Scale): { value: number; stderr: number } | undefined {
  const metric = task.metrics.find((entry) => entry.metric === scale.metric && entry.filter === scale.filter);
  return metric && metric.value !== null ? { value: metric.value, stderr: metric.stderr ?? 0 } : undefined;
}
