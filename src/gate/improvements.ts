import { holm } from '../base/holm.ts';
import { comparedFor } from './against.ts';
import type { Candidate } from './candidate.ts';
import type { GateReference } from './gate.ts';
import type { PlannedRule } from './rule-kind.ts';
import { selectNames } from './select-names.ts';
import { tailProbability } from './tail-probability.ts';

/**
 * Holm-adjusted one-sided p of every "improved by" that the policy asks of a candidate against one reference: they are claims, and
 * each may be quoted alone. Keyed by family and margin; a family asked twice at one margin counts once.
 */
export function improvementProbabilities(
  planned: readonly PlannedRule[],
  candidate: Candidate,
  reference: GateReference,
): ReadonlyMap<string, number> {
  const raw = new Map<string, number>();
  for (const { rule, kind, thresholds } of planned) {
    if (kind.id !== 'family-improved') continue;
    for (const name of named(rule, candidate, reference)) {
      const margin = thresholds.improved_by ?? 0;
      const family = familyOf(candidate, reference, name);
      const p = family && tailProbability(family, 'above', margin);
      if (p !== undefined) raw.set(improvementKey(name, margin), p);
    }
  }
  const adjusted = holm([...raw.values()]);
  return new Map([...raw.keys()].map((key, index) => [key, adjusted[index] ?? 1]));
}

export function improvementKey(family: string, margin: number): string {
  return JSON.stringify([family, margin]);
}

/** Families that a rule names on this reference; a rule that names none says so itself when it is judged. */
function named(rule: PlannedRule['rule'], candidate: Candidate, reference: GateReference): string[] {
  try {
    const compared = comparedFor(candidate, rule).find((entry) => entry.reference === reference);
    return compared
      ? selectNames(
          rule.family,
          compared.families.map(({ family }) => family),
          'family',
        )
      : [];
  } catch {
    return [];
  }
}

function familyOf(candidate: Candidate, reference: GateReference, name: string) {
  return candidate.compared
    .find((entry) => entry.reference === reference)
    ?.families.find(({ family }) => family === name);
}
