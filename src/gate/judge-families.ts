import { comparedFor, referenceText } from './against.ts';
import type { Candidate, Compared } from './candidate.ts';
import type { FamilyChange } from './family-change.ts';
import type { Judgement, Rule } from './rule-kind.ts';
import { selectNames } from './select-names.ts';

/**
 * Every family that a rule names, against every reference it asks for. A reference with which nothing could be compared is one
 * judgement of outcome `error`.
 */
export function judgeFamilies(
  candidate: Candidate,
  rule: Rule,
  judge: (family: FamilyChange, compared: Compared) => Judgement,
): Judgement[] {
  return comparedFor(candidate, rule).flatMap((compared) => {
    if (compared.problem !== undefined) return [nothingCompared(compared, compared.problem)];
    const names = selectNames(
      rule.family,
      compared.families.map(({ family }) => family),
      'family',
    );
    return compared.families.filter(({ family }) => names.includes(family)).map((family) => judge(family, compared));
  });
}

/** A reference that could not be compared with. */
export function nothingCompared({ reference, notes }: Compared, problem: string): Judgement {
  return {
    outcome: 'error',
    subject: null,
    reference,
    measured: null,
    margin: null,
    unit: null,
    n: null,
    needed: null,
    message: `Nothing could be compared with ${referenceText(reference)}: ${problem}`,
    notes: [...notes],
  };
}
