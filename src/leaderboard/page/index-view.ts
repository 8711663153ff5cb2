import { listed } from '../../base/format.ts';
import { type FigureView, figure } from '../../report/view/figure-view.ts';
import { historyChart } from '../charts/history-chart.ts';
import { rankChart } from '../charts/rank-chart.ts';
import type { HistoryLine } from '../history.ts';
import type { Leaderboard, Place } from '../leaderboard.ts';
import { rankText } from '../rank-text.ts';
import type { Addresses } from './addresses.ts';
import { type BoardTable, boardTable, text } from './board-table.ts';
import {
  familiesTable,
  firmnessTable,
  firmnessText,
  listedTable,
  notComparedTable,
  rankingTable,
  tasksTable,
} from './index-tables.ts';

/** The first page: ranking, how firm it is, families, what counts. */
export interface IndexView {
  readonly partial: 'leaderboard-index';
  readonly ranks: FigureView | undefined;
  readonly ranking: BoardTable | undefined;
  readonly unranked: string;
  readonly firmness: BoardTable | undefined;
  readonly firmnessText: string;
  readonly listedModels: BoardTable | undefined;
  readonly families: BoardTable;
  readonly history: FigureView | undefined;
  readonly historyText: string;
  readonly tasks: BoardTable;
  readonly notCompared: BoardTable | undefined;
  readonly runs: BoardTable;
  readonly limits: readonly string[];
  readonly draws: string;
}

export async function indexView(
  board: Leaderboard,
  history: readonly HistoryLine[] | undefined,
  to: Addresses,
): Promise<IndexView> {
  const { overall } = board;
  const models = new Map(board.models.map((model) => [model.model, model]));
  const chart =
    history && overall
      ? historyChart(
          'history',
          overall.places.map(({ model }) => model),
          history,
        )
      : undefined;
  return {
    partial: 'leaderboard-index',
    ranks: await figure(overall ? rankChart('ranks', 'all families', overall, flagged(board)) : undefined),
    ranking: overall ? rankingTable(overall.places, models, to) : undefined,
    unranked: board.overallReason ?? '',
    firmness: overall ? firmnessTable(overall.places, to) : undefined,
    firmnessText: overall ? firmnessText(overall.places, board) : '',
    listedModels: listedTable(board, to),
    families: familiesTable(board, to),
    history: await figure(chart),
    historyText: history === undefined || chart ? '' : historyText(history),
    tasks: tasksTable(board),
    notCompared: notComparedTable(board),
    runs: boardTable(
      'Runs',
      ['Run', 'Title', 'Measured'],
      board.runs.map(({ run, title, date }) => ({
        cells: [
          text(run),
          text(title),
          text(date === null ? 'not known' : `${date.slice(0, 16).replace('T', ' ')} UTC`),
        ],
      })),
    ),
    limits: board.limits,
    draws: board.draws.toLocaleString('en-GB'),
  };
}

/** Models whose own run shows a benchmark-shadow pattern. */
export function flagged({ models }: Leaderboard): ReadonlySet<string> {
  return new Set(models.filter(({ verdict }) => verdict?.verdict === 'benchmark-shadow').map(({ model }) => model));
}

/** What the ranking says, in a sentence. */
export function leadSentence({ overall, families, overallReason }: Leaderboard): string {
  if (!overall) return overallReason ?? '';
  const first = overall.places.filter(({ best }) => best === 1).map(({ model }) => model);
  const others = overall.places.length - 1;
  const over = families.length === 1 ? 'in one family' : `on the mean of ${families.length} families`;
  if (first.length === 1)
    return `${first[0]} scores higher than ${others === 1 ? 'the other model' : `each of the ${others} others`} ${over}, beyond what chance explains.`;
  if (first.length === overall.places.length) return `These ${first.length} models cannot be told apart ${over}.`;
  const names = first.length <= 4 ? listed(first) : `${first.length} of ${overall.places.length} models`;
  return `${names} may each be first ${over}; the data do not tell them apart.`;
}

function historyText(history: readonly HistoryLine[]): string {
  return history.length === 1
    ? 'This is the first build in the history file.'
    : `None of the ${history.length - 1} earlier builds counts the same tasks, settings and items, so there is no line to draw.`;
}

/** `rank 2–4 of 6` for a sentence. */
export function standing(place: Place, of: number): string {
  return `rank ${rankText(place)} of ${of}`;
}
