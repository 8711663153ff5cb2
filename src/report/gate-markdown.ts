import { measuredText, probability, signed } from '../base/format.ts';
import { referenceText } from '../gate/against.ts';
import { markdownText } from '../gate/formats/markdown-text.ts';
import type { Gate } from '../gate/gate.ts';

/** The gate's section of the Markdown report: outcome, every rule that did not pass, families that moved, drift. */
export function gateMarkdown(gate: Gate): string[] {
  const open = gate.rules.filter(({ outcome }) => outcome !== 'pass');
  const moved = gate.claims.filter(({ claim }) => claim !== 'none');
  const chain = gate.drift.filter(({ steps }) => steps.length > 0);
  return [
    `## Release gate: ${gate.outcome}`,
    '',
    `${markdownText(gate.summary)} Policy ${markdownText(gate.policy.title ?? gate.policy.file ?? 'of the config', 200)}, SHA-256 \`${gate.policy.hash}\`.`,
    '',
    ...open.map(
      (rule) =>
        `- **${rule.outcome}**${rule.level === 'warn' ? ' (only a warning)' : ''}, ${markdownText(rule.checkpoint ?? 'run', 120)}: ${markdownText(rule.message)} (${markdownText(rule.rule)})`,
    ),
    ...(gate.counts.pass > 0 ? [`- **pass**: ${gate.counts.pass}`] : []),
    ...moved.map(
      ({ checkpoint, family, claim, reference, change, holm }) =>
        `- ${markdownText(family, 120)} ${claim} in ${markdownText(checkpoint, 120)} against ${markdownText(referenceText(reference))}: ${markdownText(measuredText(change, 1, signed))} points, p ${markdownText(probability(holm))} (Holm)`,
    ),
    ...chain.map(
      ({ checkpoint, family, cumulative }) =>
        `- Since the approved baseline, ${markdownText(family, 120)} of ${markdownText(checkpoint, 120)}: ${markdownText(measuredText(cumulative, 1, signed))} points in all`,
    ),
    '',
    ...gate.statements.map((statement) => markdownText(statement)),
  ];
}
