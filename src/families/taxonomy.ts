import Type from 'typebox';
import { SkiagramError } from '../base/error.ts';
import type { Family, FamilyTask, Side } from './family.ts';

const closed = { additionalProperties: false } as const;

const TaskEntry = Type.Object(
  {
    metric: Type.String({ description: 'Metric of the harness, e.g. acc.' }),
    filter: Type.Optional(Type.String({ description: 'Filter of the harness; "none" when left out.' })),
    chance: Type.Union([Type.Number(), Type.Null()], {
      description:
        'Expected score of guessing: 1/k for k options, 0 for free form, null where not known (the task is then shown but not pooled).',
    }),
    max: Type.Optional(Type.Number({ description: 'Score of a perfect model; 1 when left out.' })),
    source: Type.Optional(Type.String({ description: 'Where the chance level comes from.' })),
  },
  closed,
);

/** A families file: which tasks are read as one ability, and which side of the axis each family is on. */
export const FamiliesDocument = Type.Object(
  {
    families: Type.Record(
      Type.String(),
      Type.Object({ title: Type.Optional(Type.String()), tasks: Type.Record(Type.String(), TaskEntry) }, closed),
    ),
    axis: Type.Optional(
      Type.Object(
        {
          targeted: Type.Array(Type.String(), {
            description: 'Families that the training aimed at. Declare them before the scores are seen.',
          }),
          coverage: Type.Array(Type.String(), { description: 'Families that stand for broad ability.' }),
        },
        closed,
      ),
    ),
  },
  { ...closed, title: 'Skiagram families file' },
);
export type FamiliesDocument = Type.Static<typeof FamiliesDocument>;

/** Families with their sides, and the axis they were declared on. */
export interface Taxonomy {
  readonly families: readonly Family[];
  readonly axis: Axis;
}

/** Two groups of families, named before the scores were seen. Undeclared when either is empty. */
export interface Axis {
  readonly declared: boolean;
  readonly targeted: readonly string[];
  readonly coverage: readonly string[];
}

/**
 * Resolves a families document; `axis` of the config wins over the document's own.
 * Throws `family-task-twice` where a task sits in two families, `axis-unknown-family` and `axis-both-sides`
 * where the axis contradicts itself, `chance-not-below-max` where a scale is upside down.
 */
export function resolveTaxonomy(
  document: FamiliesDocument,
  axis: { targeted: readonly string[]; coverage: readonly string[] } | undefined,
): Taxonomy {
  const chosen = axis ?? document.axis ?? { targeted: [], coverage: [] };
  checkAxis(chosen, Object.keys(document.families));
  const owner = new Map<string, string>();
  const families = Object.entries(document.families).map(([id, entry]): Family => {
    const tasks = Object.entries(entry.tasks).map(([task, scale]) => familyTask(task, scale, id, owner));
    return { id, title: entry.title ?? id, side: sideOf(id, chosen), tasks };
  });
  return {
    families,
    axis: {
      declared: chosen.targeted.length > 0 && chosen.coverage.length > 0,
      targeted: [...chosen.targeted],
      coverage: [...chosen.coverage],
    },
  };
}

function familyTask(
  task: string,
  entry: Type.Static<typeof TaskEntry>,
  family: string,
  owner: Map<string, string>,
): FamilyTask {
  const earlier = owner.get(task);
  if (earlier !== undefined) {
    throw new SkiagramError({
      code: 'family-task-twice',
      message: `Task "${task}" is in two families: "${earlier}" and "${family}".`,
      hint: 'A task counts once. Keep it in the family whose ability it measures best.',
      exitCode: 2,
    });
  }
  owner.set(task, family);
  const max = entry.max ?? 1;
  if (entry.chance !== null && entry.chance >= max) {
    throw new SkiagramError({
      code: 'chance-not-below-max',
      message: `Task "${task}" in family "${family}" has chance ${entry.chance}, which is not below its maximum ${max}.`,
      hint: 'Chance is the expected score of guessing, in the same scale as max.',
      exitCode: 2,
    });
  }
  return {
    id: task,
    metric: entry.metric,
    filter: entry.filter ?? 'none',
    chance: entry.chance,
    max,
    source: entry.source ?? 'families file',
  };
}

function checkAxis(axis: { targeted: readonly string[]; coverage: readonly string[] }, known: readonly string[]): void {
  const unknown = [...axis.targeted, ...axis.coverage].find((id) => !known.includes(id));
  if (unknown !== undefined) {
    throw new SkiagramError({
      code: 'axis-unknown-family',
      message: `The axis names family "${unknown}", which the families file does not define.`,
      hint: `Known families: ${known.join(', ')}.`,
      exitCode: 2,
    });
  }
  const both = axis.targeted.find((id) => axis.coverage.includes(id));
  if (both !== undefined) {
    throw new SkiagramError({
      code: 'axis-both-sides',
      message: `Family "${both}" is both targeted and coverage.`,
      hint: 'The contrast compares the two groups, so a family can be in one of them only.',
      exitCode: 2,
    });
  }
}

function sideOf(id: string, axis: { targeted: readonly string[]; coverage: readonly string[] }): Side {
  if (axis.targeted.includes(id)) return 'targeted';
  return axis.coverage.includes(id) ? 'coverage' : 'other';
}
