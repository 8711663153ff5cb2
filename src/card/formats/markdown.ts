import type { Problem } from '../../base/validate.ts';
import type { CardFormat } from '../format.ts';
import { limitLines } from '../markdown/limits.ts';
import { repeatLines } from '../markdown/repeat.ts';
import { scoreLines } from '../markdown/scores.ts';
import { settingLines } from '../markdown/settings.ts';
import { verdictLines } from '../markdown/verdict.ts';
import { weightLines } from '../markdown/weights.ts';
import { wordLines } from '../markdown/words.ts';
import type { ModelCard } from '../model-card.ts';

/** A section for a model card that someone can read who has read nothing else; every symbol in it is explained at its end. */
export const markdown: CardFormat = {
  title: 'a Markdown section for a model card',
  render: (card) => ({ files: [{ path: 'card.md', text: `${section(card)}\n` }], leftOut: [] }),
  check,
};

function section(card: ModelCard): string {
  const body = [
    '## Evaluation and change of the weights',
    ...card.comparisons.flatMap((comparison) => verdictLines(card, comparison)),
    ...scoreLines(card),
    ...card.comparisons.flatMap((comparison) => weightLines(card, comparison)),
    ...(card.comparisons.length === 0 ? weightLines(card, undefined) : []),
    ...settingLines(card),
    ...limitLines(card),
    ...repeatLines(card),
  ];
  return [...body, ...wordLines(body.join('\n'))].join('\n\n');
}

/** Nothing of the section may be HTML or a marker, and no row of a table longer or shorter than its head. */
function check(text: string): Problem[] {
  const problem = (line: number, message: string): Problem => ({
    path: [`line ${line}`],
    message,
    suggestion: undefined,
  });
  let width = 0;
  return text.split('\n').flatMap((line, index) => {
    if (/<[A-Za-z!/?]/.test(line)) return [problem(index + 1, 'It holds HTML.')];
    if (!line.startsWith('|')) {
      width = 0;
      return [];
    }
    const cells = line.split('|').length;
    const fits = width === 0 || cells === width;
    width = cells;
    return fits ? [] : [problem(index + 1, 'The row has another number of cells than its head.')];
  });
}
