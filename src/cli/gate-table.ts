import { signed } from '../base/format.ts';
import { plainLine } from '../gate/formats/plain-line.ts';
import type { Gate, RuleResult } from '../gate/gate.ts';
import type { Terminal } from './terminal.ts';

/**
 * A gate for people: its outcome and one line a result that did not pass, with how many did. Every line begins with words of ours,
 * so no name can pose as a command of the CI system that reads the log.
 */
export function gateLines(gate: Gate, { colors }: Pick<Terminal, 'colors'>): string[] {
  const paint = { pass: colors.green, fail: colors.red, inconclusive: colors.yellow, error: colors.red };
  const open = gate.rules.filter(({ outcome }) => outcome !== 'pass');
  const passed = gate.rules.length - open.length;
  return [
    `${paint[gate.outcome](symbols[gate.outcome])} gate ${paint[gate.outcome](gate.outcome)}  ${unmarked(gate.summary)}`,
    ...open.map((rule) => `  ${paint[rule.outcome](symbols[rule.outcome])} ${lineOf(rule)}`),
    ...(passed > 0 ? [`  ${paint.pass(symbols.pass)} ${passed} passed${narrowest(gate.rules)}`] : []),
    colors.dim(
      `  policy ${unmarked(gate.policy.title ?? gate.policy.file ?? 'of the config')}, SHA-256 ${gate.policy.hash}`,
    ),
  ];
}

const symbols = { pass: '✓', fail: '✗', inconclusive: '?', error: '!' } as const;

function lineOf(rule: RuleResult): string {
  const level = rule.level === 'warn' ? ', only a warning' : '';
  return unmarked(`${rule.outcome}${level}: ${rule.checkpoint ?? 'run'}: ${rule.message} [${rule.rule}]`);
}

/** The change that passed with the least room: what to look at before the next release. */
function narrowest(rules: readonly RuleResult[]): string {
  const room = rules
    .flatMap((rule) => {
      const { measured, margin, unit, outcome } = rule;
      if (outcome !== 'pass' || unit !== 'points' || margin === null || measured?.status !== 'ok') return [];
      return measured.interval && rule.reference ? [{ rule, left: measured.interval.low - margin }] : [];
    })
    .sort((a, b) => a.left - b.left)[0];
  if (!room) return '';
  const { rule, left } = room;
  return unmarked(
    `; least room: ${rule.checkpoint} ${rule.subject}, ${signed(left).replace('+', '')} points from its margin`,
  );
}

/** `##[…]` is a command of some runners wherever it stands in a line. */
function unmarked(text: string): string {
  return plainLine(text, 1200).replaceAll('##[', '## [');
}
