import { kindOf } from './check-policy.ts';
import type { Policy } from './policy.ts';
import type { Thresholds } from './rule-keys.ts';
import type { PlannedRule, Rule, RuleKind } from './rule-kind.ts';

/**
 * Policy -> its rules in order, each at one level with plain thresholds: `non_inferior_within: {error: 3, warn: 1}` is two rules.
 * The policy has passed `checkPolicy`.
 */
export function planRules(policy: Policy): PlannedRule[] {
  return policy.rules.flatMap((rule, index) => {
    const kind = kindOf(rule);
    if (!kind) throw new Error(`unreachable: rule ${index} was accepted and has no kind`);
    return (['error', 'warn'] as const).flatMap((level): PlannedRule[] => {
      const thresholds = thresholdsAt(rule, kind, level);
      if (thresholds === undefined) return [];
      return [
        {
          ...{ index, kind, rule, level, thresholds },
          onInconclusive: rule.on_inconclusive ?? policy.on_inconclusive ?? 'block',
          text: textOf(rule, kind, thresholds),
        },
      ];
    });
  });
}

/** Thresholds of one level, or undefined where the rule says nothing at that level. */
function thresholdsAt(rule: Rule, { measures }: RuleKind, level: 'error' | 'warn'): Record<string, number> | undefined {
  const own = rule.level ?? 'error';
  const found: [string, number][] = [];
  for (const key of measures) {
    const value = rule[key];
    const threshold = typeof value === 'number' ? (own === level ? value : undefined) : of(value, level);
    if (threshold !== undefined) found.push([key, threshold]);
  }
  const flags = measures.length === 0 || measures.some((key) => rule[key] === true);
  if (found.length === 0 && !(flags && own === level)) return undefined;
  return Object.fromEntries(found);
}

function of(value: unknown, level: 'error' | 'warn'): number | undefined {
  return value !== null && typeof value === 'object' ? (value as Thresholds)[level] : undefined;
}

/** "family reasoning non_inferior_within 2 against baseline" */
function textOf(rule: Rule, kind: RuleKind, thresholds: Readonly<Record<string, number>>): string {
  const named = [rule[kind.subject]].flat().map(String).join(', ');
  const measures = kind.measures.flatMap((key) =>
    thresholds[key] !== undefined ? [`${key} ${thresholds[key]}`] : rule[key] === true ? [key] : [],
  );
  const against = typeof rule.against === 'string' ? [`against ${rule.against}`] : [];
  return [kind.subject, named, ...measures, ...against].join(' ');
}
