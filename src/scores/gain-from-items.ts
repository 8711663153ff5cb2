import { mean } from 'simple-statistics';
import { clusteredMean } from './clustered-mean.ts';
import type { Estimate } from './estimate.ts';
import { logOddsSlope } from './log-odds.ts';
import type { PairedItem } from './pair-items.ts';
import { pairedInterval } from './paired-interval.ts';
import { pairingOf } from './pairing.ts';
import { type CorrectedScale, endOfScale } from './scale.ts';

/** Below this many items that changed, ± t·SE is replaced by the score interval of paired shares (METHOD § 7.1). */
const fewDiscordant = 25;

/**
 * Paired difference of item results with clustered errors on both scales. For 0/1 items that are their own clusters the
 * standard error of one or two changed items is not below that of none, the rule of three's (3/n)/1.96: so few say as
 * little about the variance; where few changed the interval is Tango's.
 */
export function gainFromItems(items: readonly PairedItem[], scale: CorrectedScale): Estimate {
  const n = items.length;
  const top = endOfScale(scale.max);
  const before = mean(items.map((item) => item.base));
  const after = mean(items.map((item) => item.subject));
  const slopes = [logOddsSlope(before / scale.max, n), logOddsSlope(after / scale.max, n)] as const;
  const difference = clusteredMean(
    items.map((item) => ({ value: item.subject - item.base, cluster: item.cluster })),
    top,
  );
  const steepest = Math.max(...slopes);
  const influence = clusteredMean(
    items.map((item) => ({
      value: (slopes[1] * item.subject - slopes[0] * item.base) / scale.max,
      cluster: item.cluster,
    })),
    steepest,
  );
  const binary = items.every(({ base, subject }) => (base === 0 || base === top) && (subject === 0 || subject === top));
  const independent01 = binary && difference.clusters === n;
  const pairing = pairingOf(items, difference.se, independent01);
  const changed = pairing.gained + pairing.lost;
  const floor = independent01 && changed <= 2 ? 3 / (1.96 * n) : 0;
  const few = independent01 && changed < fewDiscordant;
  const score = few ? pairedInterval(pairing.gained, pairing.lost, n) : undefined;
  return {
    before,
    after,
    n,
    clusters: difference.clusters,
    se: Math.max(difference.se, floor * top),
    logitSe: Math.max(influence.se, floor * Math.min(...slopes)),
    df: difference.df,
    logitDf: influence.df,
    kind: 'paired-clustered',
    method: 'paired, clustered t',
    pairing,
    ...(score ? { interval: { ...score, low: top * score.low, high: top * score.high } } : {}),
  };
}
