import { exactMcNemar } from '../base/mcnemar.ts';
import { clusteredMean } from './clustered-mean.ts';
import type { PairedItem } from './pair-items.ts';
import type { Pairing } from './task-gain.ts';

/**
 * How alike the two checkpoints' answers are, item by item, and what pairing saved against two independent runs. `se`
 * is the standard error of the paired mean difference, in the unit of the items.
 */
export function pairingOf(items: readonly PairedItem[], se: number, independent01: boolean): Pairing {
  const gained = items.filter((item) => item.subject > item.base).length;
  const lost = items.filter((item) => item.subject < item.base).length;
  const [base, subject] = (['base', 'subject'] as const).map((side) =>
    clusteredMean(items.map((item) => ({ value: item[side], cluster: item.cluster }))),
  );
  const apart = base && subject && Number.isFinite(base.df) && Number.isFinite(subject.df);
  return {
    correlation: correlation(items),
    varianceRatio: apart ? se ** 2 / (base.se ** 2 + subject.se ** 2) : null,
    gained,
    lost,
    p: independent01 ? exactMcNemar(gained, lost) : null,
  };
}

function correlation(items: readonly PairedItem[]): number | null {
  const n = items.length;
  const before = items.reduce((sum, item) => sum + item.base, 0) / n;
  const after = items.reduce((sum, item) => sum + item.subject, 0) / n;
  let [xx, yy, xy] = [0, 0, 0];
  for (const item of items) {
    xx += (item.base - before) ** 2;
    yy += (item.subject - after) ** 2;
    xy += (item.base - before) * (item.subject - after);
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : null;
}
