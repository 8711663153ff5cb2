import { benjaminiHochberg } from '../base/benjamini-hochberg.ts';
import { numberOf } from '../base/measured.ts';
import type { Asymmetry } from './asymmetry.ts';

/**
 * Benjamini–Hochberg over the asymmetry tests of all subjects of one report (METHOD § 4.2), in the order given. Every
 * asymmetry gets its adjusted p and the sizes of both pools: families it has, subjects that were tested. Without a test
 * a subject is in no pool.
 */
export function acrossSubjects(asymmetries: readonly Asymmetry[], families: readonly number[]): Asymmetry[] {
  const p = asymmetries.map((asymmetry) => numberOf(asymmetry.pAsymmetric));
  const tested = p.filter((value) => value !== undefined);
  const adjusted = benjaminiHochberg(tested);
  let next = 0;
  return asymmetries.map((asymmetry, index) => ({
    ...asymmetry,
    qAsymmetric: p[index] === undefined ? null : (adjusted[next++] ?? null),
    pools: { families: families[index] ?? 0, subjects: tested.length },
  }));
}
