import { didYouMean } from '../base/did-you-mean.ts';
import type { Config } from './config.ts';

/**
 * What keeps the checkpoints of a condition from being a trajectory: no step where there are several, one step twice, or a reference
 * that is no condition or has too few checkpoints. Undefined where nothing does.
 */
export function conditionProblem({ checkpoints, trajectory }: Config): { message: string; hint: string } | undefined {
  const conditions = Map.groupBy(
    checkpoints.filter(({ condition }) => condition !== undefined),
    ({ condition }) => condition as string,
  );
  for (const [condition, own] of conditions) {
    const lacking = own.length > 1 ? own.find(({ step }) => step === undefined) : undefined;
    if (lacking)
      return {
        message: `Checkpoint "${lacking.id}" is one of ${own.length} of condition "${condition}" and has no step.`,
        hint: 'Give each its training step, `step: 2000`; without it they have no order.',
      };
    const twice = own.find(({ step }, index) => own.findIndex((other) => other.step === step) !== index);
    if (twice) {
      const first = own.find(({ step }) => step === twice.step);
      return {
        message: `Checkpoints "${first?.id}" and "${twice.id}" of condition "${condition}" are both at step ${twice.step}.`,
        hint: 'A run has one checkpoint a step. Correct the step, or give the other run a condition of its own.',
      };
    }
  }
  if (trajectory === undefined) return undefined;
  const { reference } = trajectory;
  const known = [...conditions.keys()];
  const own = conditions.get(reference);
  if (own === undefined) {
    const meant = didYouMean(reference, known);
    return {
      message: `\`trajectory.reference\` is "${reference}", which is the condition of no checkpoint.`,
      hint: meant
        ? `Did you mean "${meant}"?`
        : known.length > 0
          ? `Known: ${known.join(', ')}.`
          : 'Give checkpoints a `condition` and a `step`.',
    };
  }
  if (own.length < 2)
    return {
      message: `The reference "${reference}" has one checkpoint, "${own[0]?.id}".`,
      hint: 'A reference run needs two checkpoints or more, at the steps of the runs that are compared with it.',
    };
  return undefined;
}
