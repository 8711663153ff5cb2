import { defaultConstants } from '../base/constants.ts';
import { type Measured, ok, skipped } from '../base/measured.ts';
import { randomStream } from '../base/random.ts';
import { depthBootstrap, percentileInterval } from './depth-bootstrap.ts';

/**
 * A statistic over matrices of known depth with its moving-block bootstrap interval over depth (METHOD § 3.4): how far it
 * depends on which layers are looked at, not training-seed uncertainty. Fewer than `min_layers` layers give no interval.
 * `undefined` from the statistic means that it does not exist for a sample; where that happens in more than a tenth of
 * the draws, there is no interval either. n is the number of rows unless given. Draws are seeded, so equal inputs give equal bounds.
 */
export function withDepthInterval<Row extends { readonly depth: number | null }>(
  rows: readonly Row[],
  statistic: (rows: readonly Row[]) => number | undefined,
  missing: { readonly code: string; readonly reason: string },
  extra: { readonly n?: number; readonly note?: string } = {},
): Measured {
  const value = statistic(rows);
  if (value === undefined) return skipped(missing.code, missing.reason);
  const placed = rows.flatMap((row) => (row.depth === null ? [] : [{ ...row, depth: row.depth }]));
  const depths = [...new Set(placed.map(({ depth }) => depth))].sort((a, b) => a - b);
  const facts = { n: rows.length, ...extra };
  if (depths.length < defaultConstants.min_layers || placed.length < rows.length) return ok(value, facts);
  const draws = depthBootstrap(placed, depths, defaultConstants.bootstrap, randomStream(1), statistic);
  const drawn = draws.flatMap((draw) => draw ?? []);
  return drawn.length < 0.9 * draws.length
    ? ok(value, facts)
    : ok(value, { ...facts, interval: percentileInterval(drawn) });
}
