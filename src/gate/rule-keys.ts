import Type from 'typebox';
import { Level } from './gate.ts';

/** Smallest margin, in points: below it nobody decides anything, and 0.02 was meant as a share (2 points). */
export const smallestMargin = 0.1;

/** A threshold, or one for each level: `{error: 3, warn: 1}`. One `type` keeps error messages to the point. */
export interface Thresholds {
  readonly error?: number;
  readonly warn?: number;
}
export type Threshold = number | Thresholds;

/** A threshold in the schema; `minimum` holds for the number and for each level's. */
export function threshold(description: string, limits: { minimum?: number; maximum?: number } = {}) {
  const number = { type: 'number', ...limits };
  return Type.Unsafe<Threshold>({
    type: ['number', 'object'],
    ...limits,
    description: `${description} As {error: …, warn: …}: one for each level.`,
    additionalProperties: false,
    minProperties: 1,
    properties: { error: number, warn: number },
  });
}

/** Names, with * for any characters. */
export function names(description: string) {
  return Type.Unsafe<string | readonly string[]>({
    type: ['string', 'array'],
    minLength: 1,
    minItems: 1,
    items: { type: 'string', minLength: 1 },
    description: `${description} A name, a list of names, or a pattern with * ("*" for all).`,
  });
}

export const OnInconclusive = Type.Enum(['block', 'warn'], {
  description:
    'block (when left out): an inconclusive rule of level error ends with exit code 4. warn: it is only said.',
});

/** Keys that every rule takes. */
export const commonKeys = {
  level: Type.Optional(Level),
  on_inconclusive: Type.Optional(OnInconclusive),
  checkpoints: Type.Optional(
    Type.Array(Type.String({ minLength: 1 }), { minItems: 1, description: 'Only these candidates.' }),
  ),
  note: Type.Optional(Type.String({ description: 'Why the rule is there; shown with its outcome.' })),
};

/** Key of rules about a family. */
export const allowMissing = {
  allow_missing_tasks: Type.Optional(
    Type.Boolean({
      description:
        'Judge the family also where some of its tasks could not be compared. false when left out: such a rule passes nothing.',
    }),
  ),
};

/** Keys of rules about a change of scores. */
export const changeKeys = {
  against: Type.Optional(
    Type.Enum(['base', 'baseline'], {
      description:
        'base: the checkpoint it was trained from, in this run. baseline: every run named as baseline. When left out: the baselines where there are any, else the base.',
    }),
  ),
  ...allowMissing,
};
