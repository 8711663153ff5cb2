import { measuredText, probability, signed } from '../base/format.ts';
import type { Trajectory } from '../dossier/trajectory.ts';
import type { SequentialEvidence } from '../families/sequential/evidence.ts';
import type { Finding } from '../findings/finding.ts';
import { resolution, trendNames } from '../findings/trend.ts';
import type { ReportInput } from './report-input.ts';
import { adaptiveHead, adaptiveRows, adaptiveText } from './view/adaptive-view.ts';
import { leadSentence } from './view/lead-sentence.ts';

/** A summary for pull requests and wikis: verdicts, family gains, restructuring, limits. Names cannot become markup. */
export function renderMarkdown({ dossier, verdict, findings, context }: ReportInput): string {
  const lines = [
    `# ${safe(dossier.title)}`,
    '',
    safe(leadSentence(verdict.comparisons)),
    '',
    ...table(
      ['Checkpoint', 'Base', 'Verdict', 'Confidence', 'Contrast S (κ-points)', 'Depth D̄', 'Restructuring'],
      verdict.comparisons.map((entry) => [
        entry.checkpoint,
        entry.base,
        entry.title,
        entry.confidence,
        measuredText(entry.asymmetry.S, 1, signed),
        measuredText(entry.restructuring.D, 3),
        entry.restructuring.label,
      ]),
    ),
  ];
  for (const comparison of dossier.comparisons) {
    const own = verdict.comparisons.find(
      (entry) => entry.checkpoint === comparison.checkpoint && entry.base === comparison.base,
    );
    lines.push(
      '',
      `## ${safe(comparison.checkpoint)} against ${safe(comparison.base)}`,
      '',
      safe(own?.sentence ?? ''),
      '',
    );
    const unattested = dossier.checkpoints
      .filter(
        ({ id, attestation }) => attestation === 'unattested' && [comparison.checkpoint, comparison.base].includes(id),
      )
      .map(({ id }) => safe(id));
    if (unattested.length > 0)
      lines.push(
        `**Unattested.** Nothing shows that the scores of ${unattested.join(' and ')} are of these very weights.`,
        '',
      );
    for (const step of own?.next ?? []) lines.push(`- ${safe(step)}`);
    if (comparison.scores.status === 'ok') {
      if (comparison.scores.adaptive) lines.push('', ...adaptive(comparison.scores.adaptive));
      lines.push(
        '',
        ...table(
          ['Family', 'Side', 'Tasks', 'On these benchmarks', 'On this kind of task'],
          comparison.scores.families.map((family) => [
            family.title,
            family.side,
            String(family.tasks),
            measuredText(family.fixed, 1, signed),
            measuredText(family.random, 1, signed),
          ]),
        ),
      );
    } else lines.push('', `No scores: ${safe(comparison.scores.error.message)}`);
    if (comparison.weights.status === 'ok') {
      lines.push(
        '',
        ...table(
          ['Module kind', 'Matrices', 'Relative change', 'Depth D', 'Geometry G'],
          comparison.weights.restructuring.groups.map((group) => [
            `${group.group} ${group.role}`,
            String(group.matrices),
            measuredText(group.relativeChange, 3),
            measuredText(group.D, 3),
            measuredText(group.G, 3),
          ]),
        ),
      );
    } else lines.push('', `No weights: ${safe(comparison.weights.error.message)}`);
    const found = findings.findings.filter(
      (finding) =>
        finding.condition === undefined &&
        finding.checkpoint === comparison.checkpoint &&
        finding.base === comparison.base,
    );
    const of = (...wanted: Finding['status'][]): Finding[] => found.filter(({ status }) => wanted.includes(status));
    const [absent, unfit] = [of('not-detected'), of('not-applicable')];
    lines.push(
      '',
      ...[...of('detected'), ...of('failed'), ...of('inconclusive')].map(
        ({ title, status, plain }) => `- **${safe(title)}** (${status}): ${safe(plain)}`,
      ),
      ...(absent.length > 0 ? [`- Not detected: ${safe(absent.map(({ id }) => id).join(', '))}`] : []),
      ...(unfit.length > 0 ? [`- Not applicable: ${safe(unfit.map(({ id }) => id).join(', '))}`] : []),
    );
  }
  if (dossier.trajectories) lines.push('', ...training(dossier.trajectories, findings.findings));
  lines.push(
    '',
    '## Limits',
    '',
    ...dossier.limits.map((limit) => `- ${safe(limit)}`),
    '',
    'Gains are chance-corrected, ×100; intervals are 95 %. The words are correlational: a flag is no evidence of contamination, memorisation or a cause.',
    '',
    `${context.tool.name} ${context.tool.version}, ${context.created}`,
    '',
  );
  return lines.join('\n');
}

function training(runs: readonly Trajectory[], findings: readonly Finding[]): string[] {
  return [
    '## Over training',
    '',
    ...table(
      ['Run', 'Step', 'α in [2, 6], %', 'Colour', 'Difference to the reference', 'q'],
      runs.flatMap(({ condition, points }) =>
        points.map(({ step, share, band, difference, test, warmUp }) => [
          condition,
          `${step}${warmUp ? ' (warm-up)' : ''}`,
          measuredText(share),
          band ?? '—',
          difference ? measuredText(difference, 1, signed) : '—',
          test && test.q !== null ? `${probability(test.q)} (${test.method})` : '—',
        ]),
      ),
    ),
    '',
    ...runs.map(
      (run) => `- **${safe(run.condition)}**: ${trendNames[run.trend.label]}, ${safe(resolution(run, runs))}.`,
    ),
    ...findings
      .filter(({ condition }) => condition !== undefined)
      .map(
        (finding) =>
          `- **${safe(finding.title)}** (${safe(finding.condition ?? '')}, ${finding.status.replace('-', ' ')}): ${safe(finding.plain)}`,
      ),
  ];
}

function adaptive(evidence: SequentialEvidence): string[] {
  return [
    safe(adaptiveText(evidence)),
    '',
    ...table(
      adaptiveHead(evidence),
      adaptiveRows(evidence).map((row) => row.map(({ text }) => text)),
    ),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map(safe).join(' | ')} |`;
  return [line(head), `| ${head.map(() => '---').join(' | ')} |`, ...rows.map(line)];
}

/** Text that stays text: markup characters are escaped, line breaks become spaces. */
function safe(text: string): string {
  return text
    .replaceAll(/[\r\n]+/g, ' ')
    .replaceAll(/[\\`*_{}[\]<>|#~]/g, (character) =>
      character === '<' ? '&lt;' : character === '>' ? '&gt;' : `\\${character}`,
    );
}
