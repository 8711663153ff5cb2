import { median } from 'simple-statistics';
import { numberOf } from '../base/measured.ts';
import type { TrajectoryStep } from './diagnostic.ts';

/** Median over the matrices of one diagnostic at one step; undefined where none has it. */
export function typical({ matrices }: TrajectoryStep, id: string): number | undefined {
  const values = matrices.flatMap(({ diagnostics }) => numberOf(diagnostics[id]) ?? []);
  return values.length === 0 ? undefined : median(values);
}

/**
 * Median change variance of a step divided by the square of its training steps: a steady drift gives the same whatever
 * lies between two checkpoints. Undefined where the step numbers do not rise.
 */
export function variancePerStep(step: TrajectoryStep): number | undefined {
  const variance = typical(step, 'change_variance');
  const steps = step.to - step.from;
  return variance === undefined || !(steps > 0) ? undefined : variance / steps ** 2;
}
