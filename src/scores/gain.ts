import { type Interval, type Measured, ok } from '../base/measured.ts';
import { criticalValue, detectableEffect } from '../base/student.ts';
import type { RawTask } from '../harness/raw-run.ts';
import { chanceHolds } from './chance-holds.ts';
import type { Estimate } from './estimate.ts';
import { gainFromItems } from './gain-from-items.ts';
import { gainFromTotals } from './gain-from-totals.ts';
import { logOdds } from './log-odds.ts';
import { onScale } from './on-scale.ts';
import { pairItems } from './pair-items.ts';
import { type CorrectedScale, kappa } from './scale.ts';
import type { TaskGain } from './task-gain.ts';
import { usableItems } from './usable-items.ts';

/**
 * Gain of one task, subject minus base, on two scales: κ-points and log-odds (METHOD §§ 2.1–2.2).
 *
 * With items on both sides the difference is paired and its standard error clustered; both scales use the same item
 * influences, so the log-odds error is the delta method on paired items. Without items, or where the items must not
 * stand for the score, the harness's own standard errors are added as squares (`reported`), or else two binomial ones
 * (`unpaired-binomial`); both take the runs as independent, which is conservative and flagged `unpaired`.
 * Returns `refused` where the runs answered different questions, where a number's unit is not known, where the chance
 * level is that of another protocol, or where no n is known.
 */
export function taskGain(
  base: RawTask,
  subject: RawTask,
  scale: CorrectedScale,
): TaskGain | { readonly refused: string } {
  const [before, after] = [onScale(base, scale), onScale(subject, scale)];
  if ('off' in before) return { refused: `base: ${before.off.reason}` };
  if ('off' in after) return { refused: `subject: ${after.off.reason}` };
  const unfit = chanceHolds(base, scale) ?? chanceHolds(subject, scale);
  if (unfit !== undefined) return { refused: unfit };
  const unused = [
    ['base', usableItems(before.task, scale)] as const,
    ['subject', usableItems(after.task, scale)] as const,
  ].flatMap(([side, usable]) => ('unused' in usable ? [`${side}: ${usable.unused}`] : []));
  if (unused.length === 0) {
    const paired = pairItems(before.task, after.task, scale);
    if ('refused' in paired) return paired;
    if ('items' in paired) return assemble(base.task, gainFromItems(paired.items, scale), scale);
  }
  const totals = gainFromTotals(before.task, after.task, scale);
  if ('refused' in totals) return totals;
  return assemble(base.task, totals, scale, unused.length > 0 ? `Items not used. ${unused.join(' ')}` : undefined);
}

function assemble(
  task: string,
  estimate: Estimate,
  scale: CorrectedScale,
  note?: string,
): TaskGain | { readonly refused: string } {
  const { before, after, n, clusters, se, logitSe, df, kind } = estimate;
  if (!Number.isFinite(se)) return { refused: 'all items belong to one cluster, so the gain has no standard error' };
  const [kappaBase, kappaSubject] = [kappa(before, scale), kappa(after, scale)];
  const points = 100 / (scale.max - scale.chance);
  const flags = [
    ...(kappaBase > 0.9 ? ['ceiling'] : []),
    ...(kappaSubject < 0.05 ? ['floor'] : []),
    ...(kind === 'paired-clustered' ? [] : ['unpaired']),
    ...(note === undefined ? [] : ['items-unused']),
    ...(n < 100 ? ['few-items'] : []),
    ...(clusters < 30 && clusters < n ? ['few-clusters'] : []),
  ];
  return {
    task,
    n,
    clusters,
    base: before,
    subject: after,
    kappaBase: 100 * kappaBase,
    kappaSubject: 100 * kappaSubject,
    gain: estimated(100 * (kappaSubject - kappaBase), points * se, estimate, df, stretched(estimate.interval, points)),
    logit: estimated(
      logOdds(after / scale.max, n) - logOdds(before / scale.max, n),
      logitSe,
      estimate,
      estimate.logitDf,
    ),
    se: kind,
    ...(Number.isFinite(df) ? { df } : {}),
    ...(estimate.pairing ? { pairing: estimate.pairing } : {}),
    detectable: ok(detectableEffect(points * se, df), { n, note: '80 % power, two-sided 5 %' }),
    ...(note === undefined ? {} : { note }),
    flags,
  };
}

function estimated(value: number, se: number, { n, method }: Estimate, df: number, interval?: Interval): Measured {
  const half = criticalValue(0.975, df) * se;
  return ok(value, { se, n, interval: interval ?? { low: value - half, high: value + half, level: 0.95, method } });
}

function stretched(interval: Interval | undefined, factor: number): Interval | undefined {
  return interval && { ...interval, low: factor * interval.low, high: factor * interval.high };
}
