import Type from 'typebox';

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
    source: Type.String({ description: 'Where the chance level comes from.' }),
  },
  { additionalProperties: false },
);
export type FamilyTask = Type.Static<typeof FamilyTask>;

/** A group of tasks that are read as one ability. A task belongs to exactly one family. */
export const Family = Type.Object(
  { id: Type.String(), title: Type.String(), side: Side, tasks: Type.Array(FamilyTask) },
  { additionalProperties: false },
);
export type Family = Type.Static<typeof Family>;
