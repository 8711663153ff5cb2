import Type from 'typebox';
import { comparedFor } from '../against.ts';
import type { Compared } from '../candidate.ts';
import type { FamilyChange } from '../family-change.ts';
import { judgeChange } from '../judge-change.ts';
import { nothingCompared } from '../judge-families.ts';
import { notInferior } from '../not-inferior.ts';
import { changeKeys, commonKeys, names, smallestMargin, threshold } from '../rule-keys.ts';
import type { RuleKind } from '../rule-kind.ts';
import { selectNames } from '../select-names.ts';

/** A single task may not fall by the margin or more. */
export const taskNonInferior: RuleKind = {
  id: 'task-non-inferior',
  subject: 'task',
  measures: ['non_inferior_within'],
  description: 'As for a family, of one task alone: pass above −margin, fail below it, inconclusive otherwise.',
  source: 'METHOD § 7.1',
  schema: Type.Object(
    {
      task: names('Tasks by name.'),
      non_inferior_within: threshold('Points that it may lose.', { minimum: smallestMargin, maximum: 100 }),
      against: changeKeys.against,
      ...commonKeys,
    },
    { additionalProperties: false },
  ),
  judge: ({ rule, thresholds }, candidate, context) =>
    comparedFor(candidate, rule).flatMap((compared) => {
      if (compared.problem !== undefined) return [nothingCompared(compared, compared.problem)];
      const tasks = tasksOf(compared);
      const names = selectNames(rule.task, [...tasks.keys()], 'task');
      return names.flatMap((name) => {
        const task = tasks.get(name);
        const change = { ...notInferior(thresholds.non_inferior_within ?? 0), allowMissing: false };
        return task ? [judgeChange(task, compared, change, context)] : [];
      });
    }),
};

/** Each task as a family of its own; a refused one has no change and its reason. */
function tasksOf({ families }: Compared): Map<string, FamilyChange> {
  const alone = (task: string, rest: Pick<FamilyChange, 'tasks' | 'refused'>): [string, FamilyChange] => [
    task,
    { family: task, title: task, ...rest },
  ];
  return new Map(
    families.flatMap(({ tasks, refused, adaptive }) => [
      ...tasks.map((task) =>
        adaptive
          ? alone(task.task, { tasks: [], refused: [stopped(task.task)] })
          : alone(task.task, { tasks: [task], refused: [] }),
      ),
      ...refused.map((entry) => alone(entry.task, { tasks: [], refused: [{ ...entry, known: false }] })),
    ]),
  );
}

function stopped(task: string): FamilyChange['refused'][number] {
  return { task, reason: 'an adaptive evaluation decides about families and not about single tasks', known: false };
}
