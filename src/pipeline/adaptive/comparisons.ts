import { familyAnswers } from '../../families/sequential/answers.ts';
import { assess, isOpen, type SequentialRule } from '../../families/sequential/assess.ts';
import type { SequentialEvidence } from '../../families/sequential/evidence.ts';
import type { Axis } from '../../families/taxonomy.ts';
import type { AdaptiveRun, RawTask } from '../../harness/raw-run.ts';
import type { PlannedFamily } from './plan.ts';

/** A subject and its base, and what is known of them so far. */
export interface AdaptiveComparison {
  readonly subject: string;
  readonly base: string;
  evidence: SequentialEvidence | undefined;
  /** Families whose answers must not be paired, with the reason; they are asked no more. */
  readonly refused: Map<string, string>;
  /** Rounds of each family that this comparison has asked for. */
  readonly asked: Map<string, number>;
}

/** Looks at all answers so far. */
export function look(
  comparison: AdaptiveComparison,
  families: readonly PlannedFamily[],
  answers: { readonly base: readonly RawTask[]; readonly subject: readonly RawTask[] },
  axis: Axis,
  rule: SequentialRule,
): void {
  const paired = families.flatMap(({ family, order }) => {
    const read = familyAnswers(family, order, comparison.asked.get(family.id) ?? 0, answers, 'running');
    if (!('refused' in read)) return [read];
    comparison.refused.set(family.id, read.refused);
    return [];
  });
  comparison.evidence = assess(paired, axis, rule);
}

/** Families that this comparison still has to ask; all of them before the first look. */
export function openFamilies(comparison: AdaptiveComparison, families: readonly PlannedFamily[]): PlannedFamily[] {
  const { evidence, refused, asked } = comparison;
  return families.filter(({ family, looks }) => {
    if (refused.has(family.id) || (asked.get(family.id) ?? 0) >= (looks.at(-1) ?? 0)) return false;
    const row = evidence?.families.find((entry) => entry.family === family.id);
    return evidence === undefined || row === undefined || isOpen(row, evidence);
  });
}

/**
 * The mark of a run: what was spent on each family and why it ended.
 *
 * @param tasks names of the tasks that the run's harness has answered
 */
export function adaptiveMark(
  families: readonly PlannedFamily[],
  answered: ReadonlyMap<string, number>,
  undecided: ReadonlySet<string>,
  rule: SequentialRule,
  tasks: ReadonlySet<string>,
): AdaptiveRun {
  return {
    seed: rule.seed,
    alpha: rule.alpha,
    margin: rule.margin,
    decide: [...rule.decide],
    blocks: [...rule.blocks],
    families: families.flatMap(({ family, order }) => {
      const own = order.tasks.filter(({ task, parts }) =>
        parts === undefined ? tasks.has(task) : parts.some(({ part }) => tasks.has(part)),
      );
      const rounds = answered.get(family.id) ?? 0;
      if (own.length === 0) return [];
      return [
        {
          family: family.id,
          tasks: own.map(({ task, size, groups, parts }) => ({
            task,
            spent: groups.slice(0, rounds).flat().length,
            available: size,
            ...(parts === undefined ? {} : { parts: parts.map(({ part, size: available }) => ({ part, available })) }),
          })),
          rounds,
          roundsAvailable: order.rounds,
          stopped: rounds === order.rounds ? 'all-items' : undecided.has(family.id) ? 'budget' : 'decided',
        } as const,
      ];
    }),
  };
}
