import { criticalValue } from '../base/student.ts';
import type { Change } from './family-change.ts';

/**
 * Items in all that would settle with 80 % chance on which side of `threshold` the change lies, were it what it now looks like:
 * n·((z_conf + z_.80)·SE/|Δ̂ − threshold|)², METHOD § 7.1, tasks growing alike. SE is the nearer bound's distance over z_conf,
 * so it fits the method in force; where nothing changed at all the bound shrinks with 1/n and not with its root.
 * Undefined where the change is on the threshold itself: no number of items settles that.
 *
 * @example Δ̂ −0.5 ± 2.0 (90 %) on 500 items, margin 2: 2032 items
 */
export function neededItems(change: Change, threshold: number, confidence: number): number | undefined {
  const distance = Math.abs(change.delta - threshold);
  if (distance < 1e-9) return undefined;
  const bound = change.delta > threshold ? change.low : change.high;
  const half = Math.abs(change.delta - bound);
  if (change.method === 'rule of three') return Math.ceil((change.n * half) / distance);
  const z = criticalValue(confidence, Number.POSITIVE_INFINITY);
  const power = criticalValue(0.8, Number.POSITIVE_INFINITY);
  return Math.ceil(change.n * (((z + power) * (half / z)) / distance) ** 2);
}
