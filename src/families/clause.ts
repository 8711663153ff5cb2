import Type from 'typebox';

/**
 * One condition of the decision, with the number it was decided on. The rules of the score axis are ordered (METHOD § 4.1);
 * a rule claims a comparison when all its clauses hold.
 */
export const Clause = Type.Object(
  {
    id: Type.String({ description: 'kebab-case; with `rule` unique in a verdict.' }),
    rule: Type.Enum([
      'asymmetric',
      'with-gain',
      'along-axis',
      'loss-only',
      'no-change',
      'transferring',
      'uniform',
      'uniform-gain',
      'uniform-regression',
      'limited',
      'deep',
    ]),
    /** What must hold, for people. */
    text: Type.String(),
    /** The number that is compared; null where it could not be had, and the clause then does not hold. */
    value: Type.Union([Type.Number(), Type.Null()]),
    relation: Type.Enum(['<', '≤', '>', '≥']),
    threshold: Type.Number(),
    /** Key of the constant that sets the threshold; null where it is part of the method (0, say). */
    constant: Type.Union([Type.String(), Type.Null()]),
    holds: Type.Boolean(),
  },
  { additionalProperties: false },
);
export type Clause = Type.Static<typeof Clause>;

/** A clause from its parts; a value that is missing or not finite makes it fail. */
export function clause(
  rule: Clause['rule'],
  id: string,
  text: string,
  comparison: { readonly value: number | undefined; readonly relation: Clause['relation']; readonly threshold: number },
  constant: string | null = null,
): Clause {
  const value = comparison.value !== undefined && Number.isFinite(comparison.value) ? comparison.value : null;
  const { relation, threshold } = comparison;
  return {
    id,
    rule,
    text,
    value,
    relation,
    threshold,
    constant,
    holds: value !== null && compare[relation](value, threshold),
  };
}

const compare: Readonly<Record<Clause['relation'], (value: number, threshold: number) => boolean>> = {
  '<': (value, threshold) => value < threshold,
  '≤': (value, threshold) => value <= threshold,
  '>': (value, threshold) => value > threshold,
  '≥': (value, threshold) => value >= threshold,
};
