import quantile from '@stdlib/stats-base-dists-normal-quantile';
import { failed, type Measured, ok, skipped } from '../base/measured.ts';
import { wilson } from '../base/wilson.ts';
import type { RawTask } from '../harness/raw-run.ts';
import { clusteredMean } from './clustered-mean.ts';
import { kappa, type Scale } from './scale.ts';

/** A task's score on its own scale and chance-corrected, each with n and a 95 % interval where one can be had. */
export interface TaskScore {
  readonly score: Measured;
  readonly kappa: Measured;
}

/**
 * Reads one task's score. Intervals come from the items (Wilson where every item is its own 0/1 cluster, else
 * clustered normal); without items from the harness's own standard error; without either there is none.
 *
 * A task whose model answered with non-finite numbers has failed, whatever its score says: argmax over NaN picks the
 * first option and looks like skill (HARNESS § 4.2).
 */
export function taskScore(task: RawTask, scale: Scale): TaskScore {
  const broken = task.warnings.find((warning) => warning.code === 'non-finite-responses');
  if (broken) return both(failed(broken.code, broken.message));
  const reported = task.metrics.find((entry) => entry.metric === scale.metric && entry.filter === scale.filter);
  if (!reported) return both(failed('metric-missing', `The results hold no ${scale.metric} (filter ${scale.filter}).`));
  if (reported.value === null)
    return both(failed('score-not-finite', `The harness reported a non-finite ${scale.metric}.`));
  const score = withInterval(task, scale, reported.value, reported.stderr);
  return { score, kappa: corrected(score, scale) };
}

function withInterval(task: RawTask, scale: Scale, value: number, stderr: number | null): Measured {
  const items = task.samples.filter(
    (sample) => sample.filter === scale.filter && sample.metrics[scale.metric] !== undefined,
  );
  const n = items.length > 0 ? items.length : (task.n ?? undefined);
  const clusters = new Set(items.map((sample) => sample.cluster ?? sample.docId)).size;
  const binary = items.every((sample) => sample.metrics[scale.metric] === 0 || sample.metrics[scale.metric] === 1);
  if (items.length > 0 && binary && clusters === items.length && scale.max === 1) {
    const k = items.filter((sample) => sample.metrics[scale.metric] === 1).length;
    return ok(value, { interval: wilson(k, items.length), n: items.length, k });
  }
  if (items.length > 1) {
    const mean = clusteredMean(
      items.map((sample) => ({
        value: sample.metrics[scale.metric] ?? 0,
        cluster: sample.cluster ?? String(sample.docId),
      })),
    );
    return normal(value, mean.se, mean.n, 'clustered normal');
  }
  if (stderr !== null) return normal(value, stderr, n, 'normal, standard error of the harness');
  return ok(value, {
    ...(n === undefined ? {} : { n }),
    note: 'No interval: neither items nor a standard error were recorded.',
  });
}

function normal(value: number, se: number, n: number | undefined, method: string): Measured {
  const half = quantile(0.975, 0, 1) * se;
  const count = n === undefined ? {} : { n };
  if (!Number.isFinite(se)) return ok(value, { ...count, note: 'No interval: all items belong to one cluster.' });
  return ok(value, { se, interval: { low: value - half, high: value + half, level: 0.95, method }, ...count });
}

function corrected(score: Measured, scale: Scale): Measured {
  if (score.status !== 'ok') return score;
  const { chance, max } = scale;
  if (chance === null)
    return skipped(
      'chance-unknown',
      'No chance level is known for this task, so its score is not corrected or pooled.',
    );
  const map = (value: number): number => kappa(value, { chance, max });
  const { interval, se, value, ...rest } = score;
  return {
    ...rest,
    value: map(value),
    ...(interval ? { interval: { ...interval, low: map(interval.low), high: map(interval.high) } } : {}),
    ...(se === undefined ? {} : { se: se / (max - chance) }),
  };
}

function both(measured: Measured): TaskScore {
  return { score: measured, kappa: measured };
}
