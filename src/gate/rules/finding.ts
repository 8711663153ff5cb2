import Type from 'typebox';
import { commonKeys, names } from '../rule-keys.ts';
import type { Judgement, RuleKind } from '../rule-kind.ts';
import { selectNames } from '../select-names.ts';

/** A pattern may not be found. */
export const findingAbsent: RuleKind = {
  id: 'finding',
  subject: 'finding',
  measures: [],
  description:
    'Pass: looked for and not detected. Fail: detected. Inconclusive: not settled, or nothing to look at. Error: it could not be computed.',
  source: 'the finding’s own rule: docs/FINDINGS.md',
  schema: Type.Object(
    { finding: names('Findings by id that may not be detected.'), ...commonKeys },
    { additionalProperties: false },
  ),
  judge: ({ rule }, { findings, knownFindings, checkpoint }) =>
    selectNames(rule.finding, knownFindings, 'finding').map((id): Judgement => {
      const found = findings.find((entry) => entry.id === id);
      const empty = { reference: null, margin: null, unit: null, n: null, needed: null };
      if (!found)
        return {
          ...empty,
          ...{ outcome: 'inconclusive', subject: id, measured: null, notes: [] },
          message: `${id} was not looked for in ${checkpoint}.`,
        };
      const outcome = outcomes[found.status];
      return {
        ...empty,
        outcome,
        subject: id,
        measured: found.effect.status === 'ok' ? found.effect : null,
        message: `${found.title}: ${found.plain}`,
        notes: found.names.length > 0 && outcome === 'fail' ? [`Names: ${found.names.join(', ')}.`] : [],
      };
    }),
};

const outcomes = {
  detected: 'fail',
  'not-detected': 'pass',
  inconclusive: 'inconclusive',
  'not-applicable': 'inconclusive',
  failed: 'error',
} as const;
