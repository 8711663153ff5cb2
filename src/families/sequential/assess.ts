import { eBenjaminiHochberg } from '../../base/e-benjamini-hochberg.ts';
import type { Axis } from '../taxonomy.ts';
import { axisEvidence } from './axis-evidence.ts';
import type { FamilyEvidence, SequentialEvidence } from './evidence.ts';
import { type FamilyAnswers, familyEvidence, familySequences } from './family-evidence.ts';

/** The rule an adaptive run is stopped by, fixed before it starts. */
export interface SequentialRule {
  readonly alpha: number;
  /** Raw points (`gate_margin`). */
  readonly margin: number;
  /** κ-points (`contrast_margin`). */
  readonly contrastMargin: number;
  readonly decide: readonly ('gate' | 'axis')[];
  readonly seed: number;
  readonly blocks: readonly number[];
}

/** Answers so far -> what may be said of every family and of the axis, now and at any other look. */
export function assess(families: readonly FamilyAnswers[], axis: Axis, rule: SequentialRule): SequentialEvidence {
  const sequences = new Map(families.map((answers) => [answers.family.id, familySequences(answers)] as const));
  const rows = families.map((answers) => {
    const own = sequences.get(answers.family.id);
    if (own === undefined) throw new Error('unreachable: every family has its sequences');
    return familyEvidence(answers, own, rule);
  });
  const adjusted = (pick: (row: (typeof rows)[number]) => number): number[] => eBenjaminiHochberg(rows.map(pick));
  const [qGain, qLoss, qChange] = [
    adjusted(({ eGain }) => eGain),
    adjusted(({ eLoss }) => eLoss),
    adjusted(({ eChange }) => eChange),
  ];
  const evidence = rows.map((row, index) => ({
    ...row,
    qGain: qGain[index] ?? 1,
    qLoss: qLoss[index] ?? 1,
    qChange: qChange[index] ?? 1,
  }));
  return {
    alpha: rule.alpha,
    margin: rule.margin,
    seed: rule.seed,
    blocks: [...rule.blocks],
    decide: [...rule.decide],
    families: evidence,
    axis: rule.decide.includes('axis') ? axisEvidence(sequences, axis, rule) : null,
    items: evidence.reduce((sum, { items }) => sum + items, 0),
    available: evidence.reduce((sum, { available }) => sum + available, 0),
  };
}

/**
 * Must this family be asked more? Yes while its own gate is open, and while the contrast of the axis that it belongs to
 * is; a family that has answered all its items has nothing left to give.
 */
export function isOpen(family: FamilyEvidence, evidence: SequentialEvidence): boolean {
  if (family.rounds >= family.roundsAvailable) return false;
  const { decide, axis } = evidence;
  const onAxis = axis !== null && [...axis.targeted, ...axis.coverage].includes(family.family);
  return (decide.includes('gate') && family.gate === 'open') || (onAxis && axis.state === 'open');
}
