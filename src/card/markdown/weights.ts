import { decimal } from '../../base/format.ts';
import type { Measured } from '../../base/measured.ts';
import { markdownTable, markdownText } from '../../report/markdown-text.ts';
import type { CardComparison, ModelCard } from '../model-card.ts';

const labels: Readonly<Record<string, string>> = {
  limited: 'The weights stayed close to the base.',
  partial: 'The weights changed, neither clearly little nor clearly deeply.',
  deep: 'The weights were deeply rewritten.',
  'not-assessable': 'How far the weights moved could not be assessed.',
};

/** Spectra of the checkpoint that a card shows, with how to read them. */
const shown: Readonly<Record<string, string>> = {
  alpha_share:
    'Share of matrices with a tail exponent from 2 to 6, which the literature calls healthy. Depends on the shapes of matrices: compare only between checkpoints of one architecture.',
  alpha_under: 'Share with an exponent below 2: a few directions hold most of the energy.',
  alpha_over: 'Share with an exponent above 10: hardly any structure beyond chance.',
  mean_alpha: 'Mean tail exponent over the matrices.',
};

/** How far the weights moved from the base, and what their spectra look like. */
export function weightLines({ spectra, model }: ModelCard, comparison: CardComparison | undefined): string[] {
  const rows = [
    ...(comparison?.weights ? changes(comparison.weights) : []),
    ...Object.entries(shown).flatMap(([id, text]) => {
      const found = spectra.find((spectrum) => spectrum.id === id);
      return found ? [row(found.title, found.value, text, found.unit === '%' ? 1 : 2, found.unit)] : [];
    }),
  ];
  const notes = new Set(
    Object.keys(shown).flatMap((id) => {
      const value = spectra.find((spectrum) => spectrum.id === id)?.value;
      return value?.status === 'ok' && value.note !== undefined ? [value.note] : [];
    }),
  );
  return [
    comparison ? `### Weights against ${markdownText(comparison.base)}` : '### Weights',
    ...(comparison?.weights
      ? [
          `${labels[comparison.weights.label] ?? markdownText(comparison.weights.label)} ${comparison.weights.matrices}${model.matrices >= comparison.weights.matrices ? ` of ${model.matrices}` : ''} matrices were compared. Intervals say how far a number depends on which layers are looked at.`,
        ]
      : []),
    ...(comparison && comparison.noWeights !== null
      ? [`No weights were compared: ${markdownText(comparison.noWeights)}`]
      : []),
    ...(rows.length > 0
      ? [markdownTable(['Number', 'Value', '95 % interval', 'How to read it'], rows).join('\n')]
      : comparison
        ? []
        : ['No weights were measured.']),
    ...[...notes].map((note) => `About the exponents: ${markdownText(note)}.`),
  ];
}

function changes({ relativeChange, depth, geometryScore }: NonNullable<CardComparison['weights']>): string[][] {
  return [
    row(
      'Relative change',
      relativeChange,
      'Size of the change over the size of the base’s matrix, in the median matrix: 0 is no change.',
      3,
    ),
    row(
      'Depth of change',
      depth,
      '0: the matrices still point where the base’s do; 1: nothing of the base is left.',
      3,
    ),
    row(
      'Change of geometry',
      geometryScore,
      'How much more the spread over directions changed than random noise of the same size changes it: 0 no more, 1 clearly more.',
      3,
    ),
  ];
}

function row(title: string, value: Measured, text: string, digits: number, unit = ''): string[] {
  const shownUnit = unit === '%' ? ' %' : '';
  if (value.status !== 'ok') return [title, 'none', '', `${value.reason} ${text}`];
  const count = value.k === undefined || value.n === undefined ? '' : ` (${value.k} of ${value.n})`;
  return [
    title,
    `${decimal(value.value, digits)}${shownUnit}${count}`,
    value.interval
      ? `${decimal(value.interval.low, digits)} to ${decimal(value.interval.high, digits)}${shownUnit}`
      : 'none',
    text,
  ];
}
