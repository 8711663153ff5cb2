import { measuredText, probability, signed } from '../base/format.ts';
import type { Trajectory } from '../dossier/trajectory.ts';
import type { SequentialEvidence } from '../families/sequential/evidence.ts';
import type { Finding } from '../findings/finding.ts';
import { resolution, trendNames } from '../findings/trend.ts';
import { sharedReasons } from '../verdict/plain.ts';
import type { ComparisonVerdict } from '../verdict/verdict.ts';
import { markdownTable, markdownText } from './markdown-text.ts';
import type { ReportInput } from './report-input.ts';
import { adaptiveHead, adaptiveRows, adaptiveText } from './view/adaptive-view.ts';
import { leadSentence } from './view/lead-sentence.ts';

/** A summary for pull requests and wikis: verdicts, family gains, restructuring, limits. Names cannot become markup. */
export function renderMarkdown({ dossier, verdict, findings, context }: ReportInput): string {
  const lines = [
    `# ${markdownText(dossier.title)}`,
    '',
    markdownText(leadSentence(verdict.comparisons)),
    '',
    ...inWords(verdict.comparisons),
    ...markdownTable(
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
      `## ${markdownText(comparison.checkpoint)} against ${markdownText(comparison.base)}`,
      '',
      ...(own ? verdictWords(own) : []),
    );
    const unattested = dossier.checkpoints
      .filter(
        ({ id, attestation }) => attestation === 'unattested' && [comparison.checkpoint, comparison.base].includes(id),
      )
      .map(({ id }) => markdownText(id));
    if (unattested.length > 0)
      lines.push(
        `**Unattested.** Nothing shows that the scores of ${unattested.join(' and ')} are of these very weights.`,
        '',
      );
    if (own && own.next.length > 0)
      lines.push('What follows from it:', '', ...own.next.map((step) => `- ${markdownText(step)}`));
    if (comparison.scores.status === 'ok') {
      if (comparison.scores.adaptive) lines.push('', ...adaptive(comparison.scores.adaptive));
      lines.push(
        '',
        ...markdownTable(
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
    } else lines.push('', `No scores: ${markdownText(comparison.scores.error.message)}`);
    if (comparison.weights.status === 'ok') {
      lines.push(
        '',
        ...markdownTable(
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
    } else lines.push('', `No weights: ${markdownText(comparison.weights.error.message)}`);
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
        ({ title, status, plain }) => `- **${markdownText(title)}** (${status}): ${markdownText(plain)}`,
      ),
      ...(absent.length > 0 ? [`- Not detected: ${markdownText(absent.map(({ id }) => id).join(', '))}`] : []),
      ...(unfit.length > 0 ? [`- Not applicable: ${markdownText(unfit.map(({ id }) => id).join(', '))}`] : []),
    );
  }
  if (dossier.trajectories) lines.push('', ...training(dossier.trajectories, findings.findings));
  lines.push(
    '',
    '## Limits',
    '',
    ...dossier.limits.map((limit) => `- ${markdownText(limit)}`),
    '',
    'Gains are chance-corrected, ×100; intervals are 95 %. The words are correlational: a flag is no evidence of contamination, memorisation or a cause.',
    '',
    `${context.tool.name} ${context.tool.version}, ${context.created}`,
    '',
  );
  return lines.join('\n');
}

/** Every verdict in words, before any number; reasons that all share are said once. */
function inWords(comparisons: readonly ComparisonVerdict[]): string[] {
  if (comparisons.length === 0) return [];
  const shared = sharedReasons(comparisons);
  const lines = comparisons.map((entry) => {
    const reasons = (entry.because ?? []).filter((reason) => !shared.includes(reason)).map(markdownText);
    const words = [`**${markdownText(entry.checkpoint)}**: ${markdownText(entry.plain ?? entry.sentence)}`];
    return `- ${[...words, `Confidence: ${markdownText(entry.confidence)}.`, ...reasons].join(' ')}`;
  });
  return [...lines, ...(shared.length > 0 ? ['', `All of them: ${shared.map(markdownText).join(' ')}`] : []), ''];
}

/** One verdict: the plain sentence with its confidence, the reasons, what would flip it, and only then the numbers. */
function verdictWords({ title, confidence, plain, because = [], flips, sentence }: ComparisonVerdict): string[] {
  const reasons = [
    ...because.map((reason) => `- ${markdownText(reason)}`),
    ...(flips ? [`- What would change it: ${markdownText(flips)}`] : []),
  ];
  return [
    `**${markdownText(title)}** (confidence: ${markdownText(confidence)}). ${markdownText(plain ?? '')}`.trimEnd(),
    '',
    ...(reasons.length > 0 ? ['What the confidence rests on:', '', ...reasons, ''] : []),
    `In numbers: ${markdownText(sentence)}`,
    '',
  ];
}

function training(runs: readonly Trajectory[], findings: readonly Finding[]): string[] {
  return [
    '## Over training',
    '',
    ...markdownTable(
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
      (run) =>
        `- **${markdownText(run.condition)}**: ${trendNames[run.trend.label]}, ${markdownText(resolution(run, runs))}.`,
    ),
    ...findings
      .filter(({ condition }) => condition !== undefined)
      .map(
        (finding) =>
          `- **${markdownText(finding.title)}** (${markdownText(finding.condition ?? '')}, ${finding.status.replace('-', ' ')}): ${markdownText(finding.plain)}`,
      ),
  ];
}

function adaptive(evidence: SequentialEvidence): string[] {
  return [
    markdownText(adaptiveText(evidence)),
    '',
    ...markdownTable(
      adaptiveHead(evidence),
      adaptiveRows(evidence).map((row) => row.map(({ text }) => text)),
    ),
  ];
}
