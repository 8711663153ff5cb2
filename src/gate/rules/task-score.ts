import Type from 'typebox';
import { judgeRange } from '../judge-range.ts';
import { commonKeys, names, threshold } from '../rule-keys.ts';
import type { RuleKind } from '../rule-kind.ts';
import { selectNames } from '../select-names.ts';

/** A task's score alone, compared with nothing. */
export const taskScoreRange: RuleKind = {
  id: 'task-score',
  subject: 'task',
  measures: ['min', 'max'],
  description:
    'The score itself, in points of the task’s maximum. Pass: its whole 95 % interval lies within the limits. Fail: beyond one. Inconclusive: it holds one.',
  source: 'ours',
  schema: Type.Object(
    {
      task: names('Tasks by name.'),
      min: Type.Optional(threshold('Smallest score, in points (0 to 100).', { minimum: 0, maximum: 100 })),
      max: Type.Optional(threshold('Largest score, in points.', { minimum: 0, maximum: 100 })),
      by: Type.Optional(
        Type.Enum(['interval', 'value'], { description: 'value: the score alone decides. interval when left out.' }),
      ),
      ...commonKeys,
    },
    { additionalProperties: false },
  ),
  judge: ({ rule, thresholds: { min, max } }, { scores }) =>
    selectNames(
      rule.task,
      scores.map(({ task }) => task),
      'task',
    ).flatMap((name) => {
      const row = scores.find(({ task }) => task === name);
      return row ? [judgeRange(name, row.score, { min, max }, 'points', rule.by === 'value')] : [];
    }),
};
