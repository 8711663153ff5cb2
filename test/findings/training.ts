import type { Dossier } from '../../src/dossier/dossier.ts';
import type { Trajectory } from '../../src/dossier/trajectory.ts';
import type { FindingProduct, TrajectoryPattern } from '../../src/findings/finding.ts';
import { plant } from './comparison.ts';

/** A dossier with these trajectories. */
export function withRuns(runs: Readonly<Record<string, Trajectory>>): Dossier {
  return { ...plant(), trajectories: Object.values(runs) };
}

/** What a pattern says about one run of a dossier. */
export function followRun(
  pattern: TrajectoryPattern,
  runs: Readonly<Record<string, Trajectory>>,
  of: string,
): FindingProduct {
  const run = runs[of];
  if (!run) throw new Error(`no run ${of}`);
  return pattern.follow(run, withRuns(runs));
}
