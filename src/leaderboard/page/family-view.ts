import { median } from 'simple-statistics';
import { decimal } from '../../base/format.ts';
import { type FigureView, figure } from '../../report/view/figure-view.ts';
import { rankChart } from '../charts/rank-chart.ts';
import type { BoardFamily, Leaderboard } from '../leaderboard.ts';
import type { Addresses } from './addresses.ts';
import { type BoardCell, type BoardTable, boardTable, number, text } from './board-table.ts';
import { rankCell, scoreCell, shareCell } from './cells.ts';
import { methodText } from './index-tables.ts';
import { flagged } from './index-view.ts';

/** More columns than this do not fit a printed page. */
const mostTaskColumns = 6;

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

/** Models by tasks; of a family with many tasks a row a task instead, since the table must fit a page. */
function taskTable(family: BoardFamily, board: Leaderboard, to: Addresses): BoardTable {
  return family.tasks.length > mostTaskColumns ? byTask(family, board) : byModel(family, board, to);
}

function byModel(family: BoardFamily, { models }: Leaderboard, to: Addresses): BoardTable {
  return boardTable(
    `Scores on each task of the family ${family.title}, κ-points; a star marks a score that is in no test`,
    ['Model', ...family.tasks],
    holders(family, models).map(({ model, tasks }) => ({
      cells: [
        text(model, { href: to.model(model) }),
        ...family.tasks.map((task) => {
          const entry = tasks.find((candidate) => candidate.task === task);
          if (entry?.score.status !== 'ok') return number('—', undefined);
          return number(`${decimal(entry.score.value)}${entry.counted ? '' : ' *'}`, entry.score.value);
        }),
      ],
    })),
  );
}

function byTask(family: BoardFamily, { models }: Leaderboard): BoardTable {
  return boardTable(
    `Tasks of the family ${family.title}, κ-points; the scores of each model are on its own page and in the JSON`,
    ['Task', 'Models', 'Highest', 'Median', 'Lowest'],
    family.tasks.map((task) => {
      const scores = holders(family, models)
        .flatMap(({ model, tasks }) => {
          const entry = tasks.find((candidate) => candidate.task === task);
          return entry?.counted && entry.score.status === 'ok' ? [{ model, value: entry.score.value }] : [];
        })
        .sort((one, two) => two.value - one.value);
      const show = (entry: (typeof scores)[number] | undefined, note = ''): BoardCell =>
        entry ? number(decimal(entry.value), entry.value, note) : number('—', undefined);
      const middle = scores.length === 0 ? undefined : median(scores.map(({ value }) => value));
      return {
        cells: [
          text(task),
          number(String(scores.length), scores.length),
          show(scores[0], scores[0]?.model),
          middle === undefined ? number('—', undefined) : number(decimal(middle), middle),
          show(scores.at(-1), scores.at(-1)?.model),
        ],
      };
    }),
  );
}

function holders(family: BoardFamily, models: Leaderboard['models']): Leaderboard['models'] {
  return models.filter(({ tasks }) => tasks.some((entry) => family.tasks.includes(entry.task)));
}
