import { type FigureView, figure } from '../../report/view/figure-view.ts';
import { rankChart } from '../charts/rank-chart.ts';
import type { BoardFamily, Leaderboard } from '../leaderboard.ts';
import type { Addresses } from './addresses.ts';
import { type BoardTable, boardTable, number, text } from './board-table.ts';
import { rankCell, scoreCell, shareCell } from './cells.ts';
import { flagged, methodText } from './index-view.ts';

/** One family: its ranking and its tasks. */
export interface FamilyView {
  readonly partial: 'leaderboard-family';
  readonly anchor: string;
  readonly name: string;
  readonly text: string;
  readonly ranks: FigureView | undefined;
  readonly ranking: BoardTable | undefined;
  readonly tasks: BoardTable;
}

export async function familyView(family: BoardFamily, board: Leaderboard, to: Addresses): Promise<FamilyView> {
  const { ranking, title, tasks, reason } = family;
  const anchor = to.anchor('family', family.family);
  const count = `${tasks.length} ${tasks.length === 1 ? 'task' : 'tasks'}`;
  return {
    partial: 'leaderboard-family',
    anchor,
    name: title,
    text: ranking
      ? `${ranking.places.length} models on ${count}; ${methodText(ranking.method)}.`
      : `${reason ?? ''} It has ${count}.`,
    ranks: await figure(ranking ? rankChart(`ranks-${anchor}`, title, ranking, flagged(board)) : undefined),
    ranking: ranking
      ? boardTable(
          `Ranking in the family ${title}`,
          ['Model', 'Rank', 'Tier', 'Letters', 'Score, κ-points', 'Chance of being first', 'Score without luck'],
          ranking.places.map((place) => ({
            cells: [
              text(place.model, { href: to.model(place.model) }),
              rankCell(place),
              number(String(place.tier), place.tier),
              text(place.letters ?? '—'),
              scoreCell(place.score),
              shareCell(place.top.find(({ k }) => k === 1)?.share),
              scoreCell(
                place.shrunken.status === 'ok' ? { status: 'ok', value: place.shrunken.value } : place.shrunken,
              ),
            ],
          })),
        )
      : undefined,
    tasks: taskTable(family, board, to),
  };
}

/** Tasks by models; with many models one row a model, so that the table grows downwards. */
function taskTable(family: BoardFamily, { models }: Leaderboard, to: Addresses): BoardTable {
  const held = models.filter(({ tasks }) => tasks.some((entry) => family.tasks.includes(entry.task)));
  return boardTable(
    `Scores on each task of the family ${family.title}, κ-points; a star marks a score that is in no test`,
    ['Model', ...family.tasks],
    held.map(({ model, tasks }) => ({
      cells: [
        text(model, { href: to.model(model) }),
        ...family.tasks.map((task) => {
          const entry = tasks.find((candidate) => candidate.task === task);
          if (entry?.score.status !== 'ok') return number('—', undefined);
          return number(
            `${entry.score.value.toFixed(1).replace('-', '−')}${entry.counted ? '' : ' *'}`,
            entry.score.value,
          );
        }),
      ],
    })),
  );
}
