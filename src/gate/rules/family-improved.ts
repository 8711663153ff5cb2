import Type from 'typebox';
import { probability } from '../../base/format.ts';
import { improvementKey, improvementProbabilities } from '../improvements.ts';
import { judgeChange } from '../judge-change.ts';
import { judgeFamilies } from '../judge-families.ts';
import { oncePer } from '../once-per.ts';
import { changeKeys, commonKeys, names, threshold } from '../rule-keys.ts';
import type { RuleKind } from '../rule-kind.ts';

/** A family must have risen, by a margin where one is given. */
export const familyImproved: RuleKind = {
  id: 'family-improved',
  subject: 'family',
  measures: ['improved_by'],
  description:
    'Pass: the change is above the margin with an adjusted p below 1 − confidence (Holm over all improvements that the policy asks for). Fail: the upper bound lies below the margin. Inconclusive: anything else.',
  source: 'METHOD § 7.1; Holm 1979',
  schema: Type.Object(
    {
      family: names('Families by id.'),
      improved_by: threshold('Points that it must have risen; 0 for any rise.', { minimum: 0, maximum: 100 }),
      ...changeKeys,
      ...commonKeys,
    },
    { additionalProperties: false },
  ),
  judge: ({ rule, thresholds }, candidate, context) => {
    const probabilities = oncePer(({ reference }) => improvementProbabilities(context.planned, candidate, reference));
    return judgeFamilies(candidate, rule, (family, compared) => {
      const margin = thresholds.improved_by ?? 0;
      const p = probabilities(compared).get(improvementKey(family.family, margin));
      const more = margin === 0 ? 'a rise' : `a rise of ${margin} points`;
      return judgeChange(
        family,
        compared,
        {
          threshold: margin,
          decide: ({ high }, limit) =>
            p !== undefined && p < 1 - context.confidence ? 'pass' : high < limit ? 'fail' : 'inconclusive',
          says: {
            pass: margin === 0 ? 'improved' : `improved by more than ${margin} points`,
            fail: `${more} is excluded`,
            inconclusive: `${more} is neither shown nor excluded`,
          },
          allowMissing: rule.allow_missing_tasks === true,
          notes: p === undefined ? [] : [`One-sided p after Holm over the improvements asked for: ${probability(p)}.`],
        },
        context,
      );
    });
  },
};
