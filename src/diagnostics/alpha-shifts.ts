import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import { benjaminiHochberg } from '../base/benjamini-hochberg.ts';
import { defaultConstants } from '../base/constants.ts';
import { numberOf } from '../base/measured.ts';
import type { PooledMatrix } from './diagnostic.ts';

/** Whether the exponent of one matrix moved beyond its error, all matrices considered together. */
export interface AlphaShift<Matrix> {
  readonly matrix: Matrix;
  readonly direction: 'heavier' | 'lighter';
  /** Benjamini–Hochberg adjusted two-sided p of z_l. */
  readonly q: number;
  readonly significant: boolean;
}

/** z_l of every matrix that has one -> false-discovery rates over all of them (METHOD § 3.1). Lighter is α up. */
export function alphaShifts<Matrix extends Pick<PooledMatrix, 'diagnostics'>>(
  matrices: readonly Matrix[],
  level: number = defaultConstants.bh_q,
): AlphaShift<Matrix>[] {
  const tested = matrices.flatMap((matrix) => {
    const z = numberOf(matrix.diagnostics.delta_alpha_z);
    return z === undefined ? [] : [{ matrix, z }];
  });
  const adjusted = benjaminiHochberg(tested.map(({ z }) => 2 * normalCdf(-Math.abs(z), 0, 1)));
  return tested.map(({ matrix, z }, index) => {
    const q = adjusted[index] ?? 1;
    return { matrix, direction: z < 0 ? 'heavier' : 'lighter', q, significant: q <= level };
  });
}
