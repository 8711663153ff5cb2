import { measuredText, signed } from '../base/format.ts';
import { referenceText } from './against.ts';
import type { Gate, RuleResult } from './gate.ts';
import { plainLine } from './formats/plain-line.ts';
import { ruleKinds } from './registry.ts';

/**
 * Every result in full, for `gate --explain`: which rule, what was measured against which margin, on how many items, how the
 * bounds were made, how many items would settle it. One text line each, names as plain text.
 */
export function explainGate(gate: Gate): string[] {
  return [
    ...gate.rules.flatMap((rule) => [...explainRule(rule), '']),
    ...gate.claims
      .filter(({ claim }) => claim !== 'none')
      .map(
        ({ checkpoint, family, claim, change, holm, reference }) =>
          `${checkpoint}: ${family} ${claim} against ${referenceText(reference)}: ${measuredText(change, 1, signed)} points, p ${holm < 0.0001 ? '< 0.0001' : holm.toFixed(4)} after Holm over the families.`,
      ),
    ...gate.drift
      .filter(({ steps }) => steps.length > 1)
      .map(
        ({ checkpoint, family, steps, cumulative }) =>
          `${checkpoint}: ${family} in all since the approved baseline ${measuredText(cumulative, 1, signed)} points (${steps.map(({ reference, change }) => `${reference.role} ${measuredText(change, 1, signed)}`).join('; ')}).`,
      ),
    ...gate.statements,
  ].map((line) => plainLine(line, 2000));
}

function explainRule(rule: RuleResult): string[] {
  const kind = Object.values(ruleKinds).find(({ id }) => id === rule.kind);
  const unit = rule.unit === null ? '' : rule.unit === 'points' ? ' points' : ` (unit ${rule.unit})`;
  return [
    `${rule.outcome.toUpperCase()} (level ${rule.level}) rule ${rule.index + 1}: ${rule.rule}`,
    `  candidate ${rule.checkpoint ?? 'none'}${rule.subject === null ? '' : `, judged ${rule.subject}`}${rule.reference === null ? '' : `, against ${referenceText(rule.reference)}`}`,
    `  ${rule.message}`,
    ...(rule.measured ? [`  measured ${measuredText(rule.measured, 2, signed)}${unit}`] : []),
    ...(rule.margin === null ? [] : [`  threshold ${signed(rule.margin, 2)}${unit}`]),
    ...(rule.n === null ? [] : [`  n ${rule.n}`]),
    ...(rule.needed === null ? [] : [`  needed to settle it: ${rule.needed}`]),
    ...(kind ? [`  how it decides: ${kind.description} (${kind.source})`] : []),
    ...rule.notes.map((note) => `  ${note}`),
  ];
}
