import Type from 'typebox';
import { probability } from '../../base/format.ts';
import { claimsOf } from '../claims.ts';
import { judgeChange } from '../judge-change.ts';
import { judgeFamilies } from '../judge-families.ts';
import { oncePer } from '../once-per.ts';
import { changeKeys, commonKeys, names } from '../rule-keys.ts';
import type { RuleKind } from '../rule-kind.ts';

/** A tripwire: no loss may be established. It proves nothing where it passes. */
export const familyNotRegressed: RuleKind = {
  id: 'family-not-regressed',
  subject: 'family',
  measures: ['no_regression'],
  description:
    'Fail: a loss is established after Holm over all families of the comparison. Pass: none is, which does not show that there is none; use non_inferior_within for that.',
  source: 'METHOD § 7.1; Holm 1979',
  schema: Type.Object(
    {
      family: names('Families by id.'),
      no_regression: Type.Literal(true, { description: 'true: a loss, however small, may not be established.' }),
      ...changeKeys,
      ...commonKeys,
    },
    { additionalProperties: false },
  ),
  judge: ({ rule }, candidate, context) => {
    const claims = oncePer((compared) => claimsOf(candidate, compared, context.confidence));
    return judgeFamilies(candidate, rule, (family, compared) => {
      const claim = claims(compared).find((entry) => entry.family === family.family);
      return judgeChange(
        family,
        compared,
        {
          threshold: 0,
          decide: () => (claim?.claim === 'regressed' ? 'fail' : 'pass'),
          says: {
            pass: 'no loss is established, which is no proof that there is none',
            fail: 'a loss is established',
            inconclusive: 'not settled',
          },
          allowMissing: rule.allow_missing_tasks === true,
          notes: claim ? [`Two-sided p after Holm over the families: ${probability(claim.holm)}.`] : [],
        },
        context,
      );
    });
  },
};
