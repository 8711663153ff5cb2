import { measuredText, probability, signed } from '../base/format.ts';
import { referenceText } from './against.ts';
import { plainLine } from './formats/plain-line.ts';
import type { Gate, RuleResult } from './gate.ts';
import { ruleKinds } from './registry.ts';

/**
 * Every result in full, for `gate --explain`: which rule, how it decides, what was measured against which margin, on how many
 * items, how the bounds were made, how many items would settle it. Every line begins with words of ours, so that no name can
 * pose as a command of a CI system that reads the log.
 */
export function explainGate(gate: Gate): string[] {
  const rules = Map.groupBy(gate.rules, ({ index, level }) => `${index} ${level}`);
  return [
    ...[...rules.values()].flatMap((results) => [...headOf(results), ...results.flatMap(resultLines), '']),
    ...chapter('Families that moved (Holm over the families of a comparison)', movedLines(gate)),
    ...chapter('Since the approved baseline', driftLines(gate)),
    ...chapter(
      'What the numbers are',
      gate.statements.map((line) => `- ${plainLine(line, long)}`),
    ),
  ];
}

/** Sentences of rules and notes are cut only where something is wrong with them. */
const long = 2000;

function headOf(results: readonly RuleResult[]): string[] {
  const [first] = results;
  if (!first) return [];
  const kind = Object.values(ruleKinds).find(({ id }) => id === first.kind);
  return [
    `Rule ${first.index + 1}, level ${first.level}: ${plainLine(first.rule, long)}`,
    ...(kind ? [`  how it decides: ${kind.description} (${kind.source})`] : []),
  ];
}

function resultLines(rule: RuleResult): string[] {
  const unit = rule.unit === null ? '' : ` ${rule.unit}`;
  const facts = [
    ...(rule.measured
      ? [`measured ${measuredText(rule.measured, 2, rule.reference ? signed : undefined)}${unit}`]
      : []),
    ...(rule.margin === null ? [] : [`threshold ${rule.reference ? signed(rule.margin, 2) : rule.margin}${unit}`]),
    ...(rule.n === null ? [] : [`n ${rule.n}`]),
    ...(rule.needed === null ? [] : [`n that would settle it ${rule.needed}`]),
  ];
  const where = [rule.checkpoint ?? 'run', ...(rule.subject === null ? [] : [rule.subject])].join(', ');
  const against = rule.reference ? ` against ${referenceText(rule.reference)}` : '';
  return [
    `  ${rule.outcome.toUpperCase().padEnd(12)} ${plainLine(`${where}${against}`, long)}`,
    `    found: ${plainLine(rule.message, long)}`,
    ...(facts.length > 0 ? [`    numbers: ${plainLine(facts.join('; '), long)}`] : []),
    ...rule.notes.map((note) => `    note: ${plainLine(note, long)}`),
  ];
}

function movedLines({ claims }: Gate): string[] {
  return claims
    .filter(({ claim }) => claim !== 'none')
    .map(({ checkpoint, family, claim, change, holm, reference }) =>
      plainLine(
        `- ${claim}: ${family} of ${checkpoint} against ${referenceText(reference)}, ${measuredText(change, 1, signed)} points, p ${probability(holm)}`,
        long,
      ),
    );
}

function driftLines({ drift }: Gate): string[] {
  return drift.map(({ checkpoint, family, steps, cumulative }) => {
    const each = steps
      .map(({ reference, change }) => `${reference.role} ${measuredText(change, 1, signed)}`)
      .join('; ');
    return plainLine(
      `- in all ${measuredText(cumulative, 1, signed)} points: ${family} of ${checkpoint}${steps.length > 1 ? ` (${each})` : ''}`,
      long,
    );
  });
}

function chapter(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines, ''];
}
