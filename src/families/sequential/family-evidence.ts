import { type Measured, ok, skipped } from '../../base/measured.ts';
import { Capital } from '../../scores/sequential/capital.ts';
import type { ConfidenceSequence } from '../../scores/sequential/confidence-sequence.ts';
import { discordantPairs } from '../../scores/sequential/discordant-pairs.ts';
import { type FamilyOrder, itemsIn } from '../../scores/sequential/item-order.ts';
import { stratifiedMean, type TaskValues } from '../../scores/sequential/stratified-mean.ts';
import type { Family } from '../family.ts';
import type { FamilyEvidence } from './evidence.ts';
import { gateState } from './gate-state.ts';

/** Answers of both checkpoints to the first rounds of a family, as proportions of each task's maximum. */
export interface FamilyAnswers {
  readonly family: Family;
  readonly order: FamilyOrder;
  /** Rounds that both checkpoints have answered in full. */
  readonly rounds: number;
  readonly base: TaskValues;
  readonly subject: TaskValues;
  /** Why no more were asked for; `running` while they may be. */
  readonly stopped: FamilyEvidence['stopped'];
}

/** A family's sequences: raw and chance-corrected difference, and the base's own score, all as proportions. */
export interface FamilySequences {
  readonly points: ConfidenceSequence;
  /** Undefined where a chance level is not known. */
  readonly kappa: ConfidenceSequence | undefined;
  readonly base: ConfidenceSequence;
}

/** Runs the sequences of one family over the rounds that were answered, from the start or from an `earlier` look. */
export function familySequences(answers: FamilyAnswers, earlier?: FamilySequences): FamilySequences {
  const { family, order, rounds, base } = answers;
  const differences = differencesOf(answers);
  const scaleOf = (task: string): { chance: number | null; max: number } =>
    family.tasks.find(({ id }) => id === task) ?? { chance: null, max: 1 };
  const known = order.tasks.every(({ task }) => scaleOf(task).chance !== null);
  const corrected = (task: string): number => scaleOf(task).max / (scaleOf(task).max - (scaleOf(task).chance ?? 0));
  const points = stratifiedMean(order, differences, rounds, { range: [-1, 1], factor: () => 1 }, earlier?.points);
  const same = order.tasks.every(({ task }) => corrected(task) === 1);
  return {
    points,
    kappa: !known
      ? undefined
      : same
        ? points
        : stratifiedMean(order, differences, rounds, { range: [-1, 1], factor: corrected }, earlier?.kappa),
    base: stratifiedMean(order, base, rounds, { range: [0, 1], factor: () => 1 }, earlier?.base),
  };
}

/** One family's row, all but the values that are adjusted over families. */
export function familyEvidence(
  answers: FamilyAnswers,
  sequences: FamilySequences,
  rule: { readonly alpha: number; readonly margin: number },
): Omit<FamilyEvidence, 'qGain' | 'qLoss' | 'qChange'> {
  const { family, order, rounds, stopped } = answers;
  const level = 1 - rule.alpha;
  const { above, below } = sequences.points.evidence(0);
  return {
    family: family.id,
    title: family.title,
    side: family.side,
    items: itemsIn(order, rounds),
    available: itemsIn(order, order.rounds),
    rounds,
    roundsAvailable: order.rounds,
    points: shown(sequences.points, level),
    kappa: sequences.kappa
      ? shown(sequences.kappa, level)
      : skipped('chance-unknown', 'The chance level of a task is not known.'),
    gate: gateState(sequences.points, rule.margin, level),
    eGain: above,
    eLoss: below,
    eChange: changeEvidence(answers),
    stopped,
  };
}

/** A sequence now, ×100, with its bounds at `level`. */
export function shown(sequence: ConfidenceSequence, level: number): Measured {
  const { low, high } = sequence.bounds(level);
  const method = sequence.complete ? 'all items answered: exact on these items' : sequenceMethod;
  return ok(100 * sequence.estimate, {
    n: sequence.rounds,
    interval: { low: 100 * low, high: 100 * high, level, method },
  });
}

/** How the bounds of an adaptive run were made, for readers of a report. */
export const sequenceMethod = 'confidence sequence by betting, without replacement';

/** Mean over tasks of the e-values of "this task did not change": valid however tasks depend on each other. */
function changeEvidence(answers: FamilyAnswers): number {
  const { order, rounds } = answers;
  const differences = differencesOf(answers);
  const values = order.tasks.map(({ task, size, groups }) => {
    const known = differences.get(task) ?? new Map<number, number>();
    const seen = groups.slice(0, rounds).flatMap((group) => group.map((item) => known.get(item) ?? 0));
    const graded = seen.some((value) => value !== 0 && Math.abs(value) !== 1);
    return graded
      ? gradedEvidence(seen, size)
      : discordantPairs(seen.filter((value) => value > 0).length, seen.filter((value) => value !== 0).length);
  });
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Graded answers cannot be counted as won and lost: the mean of both gamblers against "no change". */
function gradedEvidence(differences: readonly number[], size: number): number {
  const capital = new Capital(Float64Array.of(0.5), size);
  for (const difference of differences) capital.add([(difference + 1) / 2]);
  return ((capital.above[0] ?? 1) + (capital.below[0] ?? 1)) / 2;
}

function differencesOf({ order, base, subject }: FamilyAnswers): TaskValues {
  return new Map(
    order.tasks.map(({ task }) => {
      const before = base.get(task) ?? new Map<number, number>();
      const after = subject.get(task) ?? new Map<number, number>();
      return [
        task,
        new Map(
          [...after].flatMap(([item, value]) => {
            const earlier = before.get(item);
            return earlier === undefined ? [] : [[item, value - earlier] as const];
          }),
        ),
      ];
    }),
  );
}
