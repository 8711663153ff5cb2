import Table from 'cli-table3';
import { decimal } from '../base/format.ts';
import { numberOf } from '../base/measured.ts';
import { visible } from '../base/visible.ts';
import type { Leaderboard } from '../leaderboard/leaderboard.ts';
import { leadSentence } from '../leaderboard/page/index-view.ts';
import { rankText } from '../leaderboard/rank-text.ts';
import type { Terminal } from './terminal.ts';

/** A leaderboard for the terminal: the ranking, and who is not in it. */
export function boardText(board: Leaderboard, terminal: Terminal): string {
  const { bold, dim } = terminal.colors;
  const models = new Map(board.models.map((model) => [model.model, model]));
  const table = new Table({
    head: ['model', 'rank', 'tier', 'letters', 'score (κ-points)', 'verdict', 'restructuring', 'confidence'],
    style: { head: [], border: [], compact: true },
  });
  for (const place of board.overall?.places ?? []) {
    const verdict = models.get(place.model)?.verdict;
    table.push([
      bold(visible(place.model)),
      rankText(place),
      String(place.tier),
      place.letters ?? '—',
      `${decimal(numberOf(place.score) ?? 0)} ± ${decimal(place.score.status === 'ok' ? (place.score.se ?? 0) : 0, 2)}`,
      verdict?.title ?? '—',
      verdict?.restructuring ?? '—',
      verdict?.confidence ?? '—',
    ]);
  }
  const listed = board.models
    .filter(({ status }) => status !== 'ranked')
    .map(({ model, reasons }) =>
      dim(`not ranked: ${visible(model)}. ${visible(reasons.map(({ text }) => text).join(' '))}`),
    );
  return [...(board.overall ? [table.toString()] : []), visible(leadSentence(board)), ...listed].join('\n');
}
