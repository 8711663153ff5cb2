import Type from 'typebox';
import { signed } from '../../base/format.ts';
import { shortReference } from '../against.ts';
import { familyChange } from '../family-change.ts';
import { judgeChange } from '../judge-change.ts';
import { judgeFamilies } from '../judge-families.ts';
import { notInferior } from '../not-inferior.ts';
import { allowMissing, commonKeys, names, smallestMargin, threshold } from '../rule-keys.ts';
import type { RuleKind } from '../rule-kind.ts';

/**
 * What a chain of releases may lose in all: against the first baseline named, the approved one. A chain of n releases that each pass
 * with margin M can otherwise lose n·M.
 */
export const familyDrift: RuleKind = {
  id: 'family-drift',
  subject: 'family',
  measures: ['drift_within'],
  description:
    'As non_inferior_within, always against the approved baseline (the first one named), whatever was released since.',
  source: 'METHOD § 7.1, baseline drift',
  schema: Type.Object(
    {
      family: names('Families by id.'),
      drift_within: threshold('Points that it may lose in all since the approved baseline.', {
        minimum: smallestMargin,
        maximum: 100,
      }),
      ...allowMissing,
      ...commonKeys,
    },
    { additionalProperties: false },
  ),
  judge: ({ rule, thresholds }, candidate, context) => {
    const chain = candidate.compared.filter(({ reference }) => reference.kind === 'run');
    const approved = chain[0];
    if (!approved) throw new Error('There is no chain to drift along: no baseline run was named (--baseline RUN).');
    return judgeFamilies({ ...candidate, compared: [approved] }, rule, (family, compared) =>
      judgeChange(
        family,
        compared,
        {
          ...notInferior(thresholds.drift_within ?? 0),
          allowMissing: rule.allow_missing_tasks === true,
          notes: chain.slice(1).flatMap(({ reference, families }) => {
            const own = families.find((entry) => entry.family === family.family);
            const change = own && familyChange(own, context.confidence);
            return change ? [`Against ${shortReference(reference)}: ${signed(change.delta)} points.`] : [];
          }),
        },
        context,
      ),
    );
  },
};
