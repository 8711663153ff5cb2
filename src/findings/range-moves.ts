import { exactMcNemar } from '../base/mcnemar.ts';
import { type Measured, numberOf, ok } from '../base/measured.ts';
import type { Comparison, Dossier } from '../dossier/dossier.ts';
import { pairedInterval } from '../scores/paired-interval.ts';
import { sidesOf } from './evidence.ts';

/** How many matrices entered and left a range of α, over those fitted on both sides. */
export interface RangeMoves {
  readonly entered: readonly string[];
  readonly left: readonly string[];
  readonly n: number;
  /** Exact McNemar p of "as many entered as left". */
  readonly p: number;
  /** Change of the share in percentage points, with Tango's interval for paired shares. */
  readonly change: Measured;
}

/**
 * Pooled matrices of checkpoint and base, matched by name and shape, against one range of α. Layers are not independent,
 * so interval and p are the least that can be said, not the whole uncertainty. Undefined where no matrix is fitted twice.
 */
export function rangeMoves(
  comparison: Pick<Comparison, 'checkpoint' | 'base'>,
  dossier: Dossier,
  inside: (alpha: number) => boolean,
): RangeMoves | undefined {
  const [subject, base] = sidesOf(comparison, dossier).map(({ side }) => side.matrixDiagnostics);
  const partners = new Map((base ?? []).map((matrix) => [matrix.name, matrix]));
  const pairs = (subject ?? []).flatMap((matrix) => {
    const partner = partners.get(matrix.name);
    const [now, then] = [numberOf(matrix.diagnostics.alpha), numberOf(partner?.diagnostics.alpha)];
    const alike = matrix.pooled && partner?.rows === matrix.rows && partner.cols === matrix.cols;
    return alike && now !== undefined && then !== undefined
      ? [{ name: matrix.name, now: inside(now), before: inside(then) }]
      : [];
  });
  const n = pairs.length;
  if (n === 0) return undefined;
  const entered = pairs.filter(({ now, before }) => now && !before).map(({ name }) => name);
  const left = pairs.filter(({ now, before }) => before && !now).map(({ name }) => name);
  const { low, high, level, method } = pairedInterval(entered.length, left.length, n);
  return {
    entered,
    left,
    n,
    p: exactMcNemar(entered.length, left.length),
    change: ok((100 * (entered.length - left.length)) / n, {
      n,
      interval: { low: 100 * low, high: 100 * high, level, method },
    }),
  };
}
