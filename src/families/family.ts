import Type from 'typebox';
import { Confidence } from './families-document.ts';

/** Which side of the declared axis a family is on; `other` counts on neither. */
export const Side = Type.Union([Type.Literal('targeted'), Type.Literal('coverage'), Type.Literal('other')]);
export type Side = Type.Static<typeof Side>;

export const FamilyTask = Type.Object(
  {
    id: Type.String(),
    metric: Type.String(),
    filter: Type.String(),
    /** Expected score of guessing; null = not known, so the task is reported but not pooled. */
    chance: Type.Union([Type.Number(), Type.Null()]),
    max: Type.Number(),
    /** Protocol of several answers to an item that the chance level is of, e.g. `circular`; left out = one answer. */
    protocol: Type.Optional(Type.String()),
    source: Type.String({ description: 'Where the chance level comes from, or why there is none.' }),
    /** How sure the chance level is; left out where a user's file states it without saying. */
    confidence: Type.Optional(Confidence),
    /** Left out = higher is better. Such a task is never pooled. */
    direction: Type.Optional(Type.String()),
    /** True where the metric has no maximum; `max` is then 1 and means nothing. */
    unbounded: Type.Optional(Type.Literal(true)),
    /** Name of the benchmark in the families file, where the results call it otherwise. */
    benchmark: Type.Optional(Type.String()),
    /** Tasks of the results that were pooled into this one. */
    parts: Type.Optional(Type.Array(Type.String())),
    /** Metrics and filters that were preferred or possible and not read, and why. */
    passedOver: Type.Optional(Type.Array(Type.String())),
  },
  { additionalProperties: false },
);
export type FamilyTask = Type.Static<typeof FamilyTask>;

/** A group of tasks that are read as one ability. A task belongs to exactly one family. */
export const Family = Type.Object(
  {
    id: Type.String(),
    title: Type.String(),
    side: Side,
    tasks: Type.Array(FamilyTask),
    /** Module groups it is assumed to lean on (attention, mlp, vision, embeddings); left out where nothing is assumed. */
    modules: Type.Optional(Type.Array(Type.String())),
  },
  { additionalProperties: false },
);
export type Family = Type.Static<typeof Family>;
