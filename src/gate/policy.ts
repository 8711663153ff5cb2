import Type from 'typebox';
import { allRuleKinds } from './registry.ts';
import { OnInconclusive } from './rule-keys.ts';
import type { Rule } from './rule-kind.ts';

const closed = { additionalProperties: false } as const;

/** Confidence of every one-sided bound where a policy names none. */
export const defaultConfidence = 0.95;

const properties = {
  title: Type.Optional(Type.String({ minLength: 1 })),
  checkpoints: Type.Optional(
    Type.Array(Type.String({ minLength: 1 }), {
      minItems: 1,
      description: 'Candidates: ids of the checkpoints that ask to be released. Every compared one when left out.',
    }),
  ),
  baseline: Type.Optional(
    Type.Unsafe<string | readonly string[]>({
      type: ['string', 'array'],
      minLength: 1,
      minItems: 1,
      items: { type: 'string', minLength: 1 },
      description:
        'Run folders of approved releases, relative to this file, oldest first: the approved baseline, …, the last release. RUN#ID picks a checkpoint of a run. --baseline replaces it.',
    }),
  ),
  confidence: Type.Optional(
    Type.Number({
      minimum: 0.8,
      maximum: 0.9999,
      description: 'Confidence of every one-sided bound; 0.95 when left out.',
    }),
  ),
  on_inconclusive: Type.Optional(OnInconclusive),
};

/** A release policy as published: each rule is one of the kinds. */
export const Policy = Type.Object(
  {
    ...properties,
    rules: Type.Array(Type.Unsafe<Rule>({ anyOf: allRuleKinds.map(({ schema }) => schema) }), {
      minItems: 1,
      description: 'Every rule of level error must pass.',
    }),
  },
  { ...closed, title: 'Skiagram release policy' },
);
export type Policy = Type.Static<typeof Policy>;

/** The same with rules left open: each is checked against its own kind, so that a message is about one kind and not all. */
export const PolicyFrame = Type.Object({ ...properties, rules: Type.Array(Type.Object({}), { minItems: 1 }) }, closed);
