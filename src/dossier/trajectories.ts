import { benjaminiHochberg } from '../base/benjamini-hochberg.ts';
import type { Constants } from '../base/constants.ts';
import { decimal, listed, signed } from '../base/format.ts';
import { exactMcNemar } from '../base/mcnemar.ts';
import { numberOf, ok, skipped } from '../base/measured.ts';
import { mainGroup } from '../diagnostics/measure.ts';
import type { DossierCheckpoint } from './dossier.ts';
import { phaseShift } from './phase-shift.ts';
import { type ShareSide, shareDifference } from './share-test.ts';
import type { Trajectory, TrajectoryPoint } from './trajectory.ts';
import { groupSteps, mainSteps, type StepPair, trajectoryDiagnostics } from './trajectory-steps.ts';
import { trendFragility, trendLabel } from './trend.ts';

/** What trajectories are made from. */
export interface TrajectoryInput {
  readonly checkpoints: readonly DossierCheckpoint[];
  /** Condition that the others are compared with; undefined where the config names none. */
  readonly reference: string | undefined;
  /** Consecutive checkpoints whose weights were compared. */
  readonly pairs: readonly StepPair[];
  readonly constants: Constants;
}

type Placed = DossierCheckpoint & { readonly condition: string; readonly step: number };

/**
 * Checkpoints -> one trajectory for every condition with two of them, in the order of the config; METHOD § 4.6. The first checkpoint of
 * each run is its warm-up. Shares are compared with the reference run's at the same step; a step that it lacks has no difference.
 */
export function followTrajectories(input: TrajectoryInput): Trajectory[] {
  const placed = input.checkpoints.flatMap((checkpoint): Placed[] =>
    checkpoint.condition === null || checkpoint.step === null
      ? []
      : [{ ...checkpoint, condition: checkpoint.condition, step: checkpoint.step }],
  );
  const runs = Map.groupBy(placed, ({ condition }) => condition);
  const reference = input.reference === undefined ? undefined : runs.get(input.reference);
  return [...runs]
    .filter(([, own]) => own.length > 1)
    .map(([condition, own]) => follow(condition, own, condition === input.reference ? undefined : reference, input));
}

function follow(
  condition: string,
  run: readonly Placed[],
  reference: readonly Placed[] | undefined,
  { reference: name, pairs, constants }: TrajectoryInput,
): Trajectory {
  const ordered = [...run].sort((a, b) => a.step - b.step);
  const points = withQ(ordered.map((checkpoint, index) => pointOf(checkpoint, index === 0, reference, constants)));
  const steps = groupSteps(pairs, condition);
  const isReference = condition === name;
  return {
    condition,
    reference: isReference ? null : (name ?? null),
    points,
    trend: trendOf(points, isReference ? 'itself' : name, constants),
    diagnostics: trajectoryDiagnostics(steps, isReference || name === undefined ? undefined : groupSteps(pairs, name)),
    ...phaseShift(mainSteps(steps), constants),
  };
}

function pointOf(
  checkpoint: Placed,
  warmUp: boolean,
  reference: readonly Placed[] | undefined,
  constants: Constants,
): TrajectoryPoint {
  const own = sideOf(checkpoint);
  const partner = reference?.find(({ step }) => step === checkpoint.step);
  const none = skipped('no-reference-step', `The reference has no checkpoint at step ${checkpoint.step}.`);
  const compared = partner
    ? shareDifference(own, sideOf(partner), constants)
    : { difference: reference ? none : null, test: null, alphaDifference: reference ? none : null };
  const share = numberOf(own.share);
  return {
    checkpoint: checkpoint.id,
    step: checkpoint.step,
    share: own.share,
    band: share === undefined ? null : bandOf(share, constants),
    warmUp,
    ...compared,
  };
}

/** Colours of Table 1. */
function bandOf(share: number, { share_green, share_red }: Constants): 'green' | 'yellow' | 'red' {
  if (share >= share_green) return 'green';
  return share < share_red ? 'red' : 'yellow';
}

/** The share and the matrices it counts: the pooled ones of the main group. */
function sideOf({ model, matrixDiagnostics, errors }: Placed): ShareSide {
  const pooled = matrixDiagnostics.filter(({ pooled }) => pooled);
  const main = mainGroup(Map.groupBy(pooled, ({ group }) => group as string));
  const why = errors.find(({ stage }) => stage === 'checkpoint' || stage === 'diagnostics')?.error.message;
  return {
    share: model.alpha_share ?? skipped('no-share', why ?? 'No spectra of this checkpoint are known.'),
    matrices: pooled.filter(({ group }) => group === main),
  };
}

/** False discovery rates over the checkpoints after warm-up. */
function withQ(points: readonly TrajectoryPoint[]): TrajectoryPoint[] {
  const tested = points.filter(({ warmUp, test }) => !warmUp && test !== null);
  const adjusted = benjaminiHochberg(tested.map(({ test }) => test?.p ?? 1));
  return points.map((point) => {
    const place = tested.indexOf(point);
    return point.test && place >= 0 ? { ...point, test: { ...point.test, q: adjusted[place] ?? 1 } } : point;
  });
}

function trendOf(
  points: readonly TrajectoryPoint[],
  reference: string | undefined,
  constants: Constants,
): Trajectory['trend'] {
  const after = points.filter(({ warmUp }) => !warmUp);
  const judged = after.flatMap(({ share, difference }) => {
    const [value, apart] = [numberOf(share), difference === null ? undefined : numberOf(difference)];
    return value === undefined ? [] : [{ share: value, reference: apart === undefined ? undefined : value - apart }];
  });
  const tolerance = constants.trend_tolerance;
  const label = trendLabel(judged, constants, tolerance);
  const tested = after.filter(({ test }) => test !== null);
  const claimsBelow = label === 'stuck' || label === 'gap' || label === 'recover';
  const apart = tested.filter(
    ({ test, difference }) =>
      (test?.q ?? 1) <= constants.bh_q && (!claimsBelow || (difference ? (numberOf(difference) ?? 0) : 0) < 0),
  );
  return {
    label,
    resolved: tested.length === 0 ? null : apart.length > 0,
    reason: reasonOf(label, points, reference, apart),
    tolerance,
    fragility: label === 'too-short' ? [] : trendFragility(judged, constants, tolerance),
    signTest: signTest(after),
  };
}

/** Below the reference as often as above it? Ties are left out; k counts the checkpoints below. */
function signTest(after: readonly TrajectoryPoint[]): Trajectory['trend']['signTest'] {
  const apart = after
    .flatMap(({ difference }) => (difference ? (numberOf(difference) ?? []) : []))
    .filter((d) => d !== 0);
  if (apart.length === 0) return skipped('no-differences', 'No share after warm-up differs from a reference.');
  const below = apart.filter((difference) => difference < 0).length;
  return ok(exactMcNemar(apart.length - below, below), {
    n: apart.length,
    k: below,
    note: 'checkpoints of one run are not independent',
  });
}

function reasonOf(
  label: Trajectory['trend']['label'],
  points: readonly TrajectoryPoint[],
  reference: string | undefined,
  apart: readonly TrajectoryPoint[],
): string {
  const after = points.filter(({ warmUp }) => !warmUp);
  const known = after.filter(({ share }) => share.status === 'ok');
  const lost = after.length - known.length;
  const missing = lost > 0 ? [`${lost} of ${after.length} checkpoints after warm-up have no share.`] : [];
  if (label === 'too-short')
    return [`Fewer than two checkpoints after warm-up have a share; no trend is named.`, ...missing].join(' ');
  if (reference === undefined)
    return ['No reference run is named (trajectory.reference), so Gap and Recover cannot be told.', ...missing].join(
      ' ',
    );
  if (reference === 'itself') return ['This is the reference run.', ...missing].join(' ');
  const last = known.at(-1);
  const compared = known.filter(({ difference }) => difference?.status === 'ok');
  if (last?.difference?.status !== 'ok')
    return [
      `The reference ${reference} has no share at the last step, so Gap and Recover cannot be told.`,
      ...missing,
    ].join(' ');
  const uncompared = known.length - compared.length;
  return [
    apart.length > 0
      ? `The share differs from that of ${reference} at ${apart.length === 1 ? 'step' : 'steps'} ${listed(apart.map(({ step, difference }) => `${step} (${signed(difference ? (numberOf(difference) ?? 0) : 0)} points)`))}.`
      : `No share after warm-up is distinguishable from that of ${reference} by the counts; at the last step it is ${decimal(Math.abs(last.difference.value))} points ${last.difference.value < 0 ? 'below' : 'above'}.`,
    ...(uncompared > 0 ? [`${uncompared} steps have no checkpoint of the reference.`] : []),
    ...missing,
  ].join(' ');
}
