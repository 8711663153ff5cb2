import { failed, type Measured, ok, skipped } from '../base/measured.ts';
import { criticalValue } from '../base/student.ts';
import { scoreBounds, wilson } from '../base/wilson.ts';
import type { RawTask } from '../harness/raw-run.ts';
import { chanceHolds } from './chance-holds.ts';
import { clusteredMean } from './clustered-mean.ts';
import { onScale } from './on-scale.ts';
import { endOfScale, kappa, type Scale } from './scale.ts';
import { type Item, usableItems } from './usable-items.ts';

/** A task's score on its own scale and chance-corrected, each with n and a 95 % interval where one can be had. */
export interface TaskScore {
  readonly score: Measured;
  readonly kappa: Measured;
}

/**
 * Reads one task's score, on the scale that the families file declares. Intervals come from the items: Wilson where
 * every item is its own 0/1 cluster, Wilson with an effective number of items where 0/1 items share clusters, else
 * clustered t. Without items they come from the harness's own standard error; without either there is none.
 *
 * A task whose model answered with non-finite numbers has failed, whatever its score says: argmax over NaN picks the
 * first option and looks like skill (HARNESS § 4.2).
 */
export function taskScore(raw: RawTask, scale: Scale): TaskScore {
  const broken = raw.warnings.find((warning) => warning.code === 'non-finite-responses');
  if (broken) return both(failed(broken.code, broken.message));
  const scaled = onScale(raw, scale);
  if ('off' in scaled) return both(failed(scaled.off.code, scaled.off.reason));
  const { task } = scaled;
  const reported = task.metrics.find((entry) => entry.metric === scale.metric && entry.filter === scale.filter);
  if (!reported) return both(failed('metric-missing', `The results hold no ${scale.metric} (filter ${scale.filter}).`));
  if (reported.value === null)
    return both(failed('score-not-finite', `The harness reported a non-finite ${scale.metric}.`));
  const score = withInterval(task, scale, reported.value, reported.stderr);
  return { score, kappa: corrected(score, scale, chanceHolds(task, scale)) };
}

function withInterval(task: RawTask, scale: Scale, value: number, stderr: number | null): Measured {
  const usable = usableItems(task, scale);
  if ('items' in usable && usable.items.length > 0) return fromItems(usable.items, scale, value);
  const n = task.n === null ? {} : { n: task.n };
  const note = 'unused' in usable ? { note: `Items not used: ${usable.unused}` } : {};
  if (stderr !== null && stderr > 0) {
    const half = criticalValue(0.975, Number.POSITIVE_INFINITY) * stderr;
    const interval = {
      low: value - half,
      high: value + half,
      level: 0.95,
      method: 'normal, standard error of the harness',
    };
    return ok(value, { se: stderr, interval, ...n, ...note });
  }
  return ok(value, { ...n, note: note.note ?? 'No interval: neither items nor a standard error were recorded.' });
}

function fromItems(items: readonly Item[], scale: Scale, value: number): Measured {
  const n = items.length;
  const top = endOfScale(scale.max);
  const binary = items.every((item) => item.value === 0 || item.value === top);
  const mean = clusteredMean(
    items.map((item) => ({ value: item.value, cluster: item.sample.cluster ?? `item ${item.sample.docId}` })),
    top,
  );
  if (binary && mean.clusters === n) {
    const k = items.filter((item) => item.value === top).length;
    const { low, high, ...rest } = wilson(k, n);
    return ok(value, { interval: { low: top * low, high: top * high, ...rest }, n, k });
  }
  if (!Number.isFinite(mean.se)) return ok(value, { n, note: 'No interval: all items belong to one cluster.' });
  const critical = criticalValue(0.975, mean.df);
  if (binary) {
    const share = mean.mean / top;
    const spread = share * (1 - share);
    const effective = spread === 0 ? mean.clusters : spread / (mean.se / top) ** 2;
    const { low, high } = scoreBounds(share, effective, critical);
    const method = `clustered Wilson, ${effective.toFixed(0)} effective items`;
    return ok(value, { se: mean.se, interval: { low: top * low, high: top * high, level: 0.95, method }, n });
  }
  const half = critical * mean.se;
  return ok(value, {
    se: mean.se,
    interval: { low: value - half, high: value + half, level: 0.95, method: 'clustered t' },
    n,
  });
}

function corrected(score: Measured, scale: Scale, unfit: string | undefined): Measured {
  if (score.status !== 'ok') return score;
  const { chance, max } = scale;
  if (chance === null)
    return skipped(
      'chance-unknown',
      'No chance level is known for this task, so its score is not corrected or pooled.',
    );
  if (unfit !== undefined) return skipped('chance-of-other-protocol', unfit);
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
