import Type from 'typebox';
import { judgeChange } from '../judge-change.ts';
import { judgeFamilies } from '../judge-families.ts';
import { notInferior } from '../not-inferior.ts';
import { changeKeys, commonKeys, names, smallestMargin, threshold } from '../rule-keys.ts';
import type { RuleKind } from '../rule-kind.ts';

/** A family may not fall by the margin or more. */
export const familyNonInferior: RuleKind = {
  id: 'family-non-inferior',
  subject: 'family',
  measures: ['non_inferior_within'],
  description:
    'Pass: the lower bound of the change lies above −margin. Fail: the upper bound lies below it. Inconclusive: anything else.',
  source: 'METHOD § 7.1; Berger 1982 (intersection–union)',
  schema: Type.Object(
    {
      family: names('Families by id.'),
      non_inferior_within: threshold('Points (hundredths of the scale, 2 = 2 points) that it may lose.', {
        minimum: smallestMargin,
        maximum: 100,
      }),
      ...changeKeys,
      ...commonKeys,
    },
    { additionalProperties: false },
  ),
  judge: ({ rule, thresholds }, candidate, context) =>
    judgeFamilies(candidate, rule, (family, compared) =>
      judgeChange(
        family,
        compared,
        { ...notInferior(thresholds.non_inferior_within ?? 0), allowMissing: rule.allow_missing_tasks === true },
        context,
      ),
    ),
};
