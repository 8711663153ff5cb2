import { ok } from '../../src/base/measured.ts';
import type { TrajectoryStep } from '../../src/diagnostics/diagnostic.ts';
import { layers } from './inputs.ts';

/** A step from one checkpoint to the next with these relative changes and change variances, a layer each. */
export function step(from: number, to: number, changes: readonly number[], variances = changes): TrajectoryStep {
  const rows = changes.map((change, index) => ({
    relative_change: ok(change),
    change_variance: ok(variances[index] ?? 0),
  }));
  return { from, to, matrices: layers(rows) };
}
