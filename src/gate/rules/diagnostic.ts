import Type from 'typebox';
import { judgeRange } from '../judge-range.ts';
import { commonKeys, names, threshold } from '../rule-keys.ts';
import type { RuleKind } from '../rule-kind.ts';
import { selectNames } from '../select-names.ts';

/** A model-level value of the weights, or of their change from the base. */
export const diagnosticRange: RuleKind = {
  id: 'diagnostic',
  subject: 'diagnostic',
  measures: ['min', 'max'],
  description:
    'A value of the checkpoint (alpha_share), of its comparison with the base (mean_relative_change) or a restructuring index (D, G, RI). Pass: its whole interval lies within the limits. Fail: beyond one. Inconclusive: it holds one.',
  source: 'ours; the values themselves: `skiagram explain ID`',
  schema: Type.Object(
    {
      diagnostic: names('Diagnostics by id.'),
      min: Type.Optional(threshold('Smallest value, in the unit of the diagnostic (alpha_share: percent).')),
      max: Type.Optional(threshold('Largest value.')),
      by: Type.Optional(
        Type.Enum(['interval', 'value'], { description: 'value: the value alone decides. interval when left out.' }),
      ),
      ...commonKeys,
    },
    { additionalProperties: false },
  ),
  judge: ({ rule, thresholds: { min, max } }, { diagnostics }) =>
    selectNames(rule.diagnostic, [...diagnostics.keys()], 'diagnostic').flatMap((id) => {
      const measured = diagnostics.get(id);
      return measured ? [judgeRange(id, measured, { min, max }, null, rule.by === 'value')] : [];
    }),
};
