import type { Measured } from '../base/measured.ts';
import type { PairDiagnosis } from '../diagnostics/diagnosis.ts';
import type { TrajectoryStep } from '../diagnostics/diagnostic.ts';
import { mainGroup, measureTrajectory } from '../diagnostics/measure.ts';

/** Two consecutive checkpoints of one training run and what their weights differ by. */
export interface StepPair {
  readonly condition: string;
  /** Training steps of the earlier and the later checkpoint. */
  readonly from: number;
  readonly to: number;
  readonly pair: PairDiagnosis;
}

/** The steps of one run by module group, in the order of training; only pooled matrices. */
export type GroupSteps = ReadonlyMap<string, readonly TrajectoryStep[]>;

/** Pairs of one run -> steps by module group. */
export function groupSteps(pairs: readonly StepPair[], condition: string): GroupSteps {
  const own = pairs.filter((pair) => pair.condition === condition).sort((a, b) => a.to - b.to);
  const groups = new Set(own.flatMap(({ pair }) => pair.matrices.flatMap((row) => (row.pooled ? [row.group] : []))));
  return new Map(
    [...groups].map((group) => [
      group,
      own.map(({ from, to, pair }) => ({
        from,
        to,
        matrices: pair.matrices.filter((matrix) => matrix.pooled && matrix.group === group),
      })),
    ]),
  );
}

/** The steps of the group that plain ids are about: the decoder, or the largest one. */
export function mainSteps(steps: GroupSteps): readonly TrajectoryStep[] {
  return steps.get(mainOf(steps)) ?? [];
}

/**
 * Every trajectory diagnostic by id. As with summaries, the main group has plain ids, others have theirs appended
 * (`change_variance_order.vision`), and module kinds of the main group follow a colon (`change_variance_amplification:up`).
 */
export function trajectoryDiagnostics(steps: GroupSteps, reference: GroupSteps | undefined): Record<string, Measured> {
  const main = mainOf(steps);
  const measured: Record<string, Measured> = {};
  const add = (suffix: string, own: readonly TrajectoryStep[], other: readonly TrajectoryStep[] | undefined): void => {
    const values = measureTrajectory({ steps: own, ...(other ? { reference: other } : {}) });
    for (const [id, value] of Object.entries(values)) measured[`${id}${suffix}`] = value;
  };
  const ofMain = steps.get(main) ?? [];
  add('', ofMain, reference?.get(main));
  for (const [group, own] of steps) if (group !== main) add(`.${group}`, own, reference?.get(group));
  for (const role of new Set(ofMain.flatMap(({ matrices }) => matrices.map((matrix) => matrix.role))))
    add(`:${role}`, ofRole(ofMain, role), reference && ofRole(reference.get(main) ?? [], role));
  return measured;
}

function ofRole(steps: readonly TrajectoryStep[], role: string): TrajectoryStep[] {
  return steps.map((step) => ({ ...step, matrices: step.matrices.filter((matrix) => matrix.role === role) }));
}

function mainOf(steps: GroupSteps): string {
  return mainGroup(new Map([...steps].map(([group, own]) => [group, own.flatMap(({ matrices }) => matrices)])));
}
