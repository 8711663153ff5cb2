import Type from 'typebox';
import { type VerdictId, verdictIds } from '../../verdict/verdict.ts';
import { commonKeys } from '../rule-keys.ts';
import type { RuleKind } from '../rule-kind.ts';

/** Verdicts that a candidate may not have. */
export const verdictForbidden: RuleKind = {
  id: 'verdict',
  subject: 'verdict',
  measures: [],
  description:
    'Fail: the verdict is one of these. Inconclusive: no firm verdict could be given. Pass: a firm verdict that is none of these.',
  source: 'METHOD §§ 4.2, 7.1',
  schema: Type.Object(
    {
      verdict: Type.Union([Type.Enum([...verdictIds]), Type.Array(Type.Enum([...verdictIds]), { minItems: 1 })], {
        description: 'Verdicts that may not be given: one or a list.',
      }),
      ...commonKeys,
    },
    { additionalProperties: false },
  ),
  judge: ({ rule }, { verdict, checkpoint }) => {
    const base = { reference: null, measured: null, margin: null, unit: null, n: null, needed: null };
    if (!verdict) throw new Error(`${checkpoint} has no verdict: it was compared with no base.`);
    const forbidden = [rule.verdict].flat().map(String);
    const firm = !abstaining.has(verdict.verdict);
    const outcome = forbidden.includes(verdict.verdict) ? 'fail' : firm ? 'pass' : 'inconclusive';
    return [
      {
        ...base,
        outcome,
        subject: verdict.verdict,
        message: `${verdict.title}${firm ? `, confidence ${verdict.confidence}` : ', no firm verdict'}. ${verdict.plain ?? verdict.sentence}`,
        notes: [],
      },
    ];
  },
};

const abstaining: ReadonlySet<VerdictId> = new Set(['inconclusive', 'asymmetric-unclear', 'asymmetric-unknown']);
