import { measuredText, signed } from '../../base/format.ts';
import { markdownTable, markdownText } from '../../report/markdown-text.ts';
import type { CardComparison, ModelCard } from '../model-card.ts';

/** The verdict on the change from one base: first in words, then the gains it rests on. */
export function verdictLines({ axis, model }: ModelCard, comparison: CardComparison): string[] {
  const { base, title, confidence, plain, because, next } = comparison;
  return [
    `### What changed against ${markdownText(base)}`,
    `**${markdownText(title)}** (confidence: ${markdownText(confidence)}). ${markdownText(plain)}`,
    ...(because.length > 0
      ? ['What the confidence rests on:', because.map((reason) => `- ${markdownText(reason)}`).join('\n')]
      : []),
    ...(next.length > 0 ? ['What follows from it:', next.map((step) => `- ${markdownText(step)}`).join('\n')] : []),
    'This is an association between scores and weights. It does not show contamination, memorisation or a cause.',
    ...gains(comparison),
    ...(comparison.noScores === null ? [] : [`No scores were compared: ${markdownText(comparison.noScores)}`]),
    ...(comparison.families.length > 0
      ? [
          axis.declared
            ? 'Which abilities were trained for (“targeted”) and which should not suffer (“coverage”) was named before the scores were seen.'
            : 'Nobody named beforehand which abilities were trained for, so that the sides are not known.',
        ]
      : []),
    ...(model.attestation === 'unattested'
      ? ['**Unattested:** nothing shows that the scores are of these very weights.']
      : []),
  ];
}

function gains({ families, base }: CardComparison): string[] {
  if (families.length === 0) return [];
  const rows = families.map(({ title, side, tasks, before, after, fixed, random }) => [
    title,
    side,
    String(tasks),
    points(before),
    points(after),
    measuredText(fixed, 1, signed),
    measuredText(random, 1, signed),
  ]);
  return [
    `Change per ability, in points: 0 is what guessing scores and 100 the maximum. In brackets the 95 % interval. “On these tasks” allows for the choice of questions; “on this kind of task” allows for the choice of tasks as well. Before is ${markdownText(base)}.`,
    markdownTable(
      ['Ability', 'Side', 'Tasks', 'Before', 'After', 'Change on these tasks', 'Change on this kind of task'],
      rows,
    ).join('\n'),
  ];
}

function points(value: number): string {
  return value.toFixed(1).replace('-', '−');
}
