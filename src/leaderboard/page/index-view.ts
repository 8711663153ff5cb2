import { decimal, listed } from '../../base/format.ts';
import { numberOf } from '../../base/measured.ts';
import { type FigureView, figure } from '../../report/view/figure-view.ts';
import { historyChart } from '../charts/history-chart.ts';
import { rankChart } from '../charts/rank-chart.ts';
import type { HistoryLine } from '../history.ts';
import type { BoardModel, Leaderboard, Place } from '../leaderboard.ts';
import { rankText } from '../rank-text.ts';
import type { Addresses } from './addresses.ts';
import { type BoardTable, boardTable, number, text } from './board-table.ts';
import { confidenceCell, rankCell, restructuringCell, scoreCell, shareCell, verdictCell } from './cells.ts';

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
    ranking: overall ? ranking(overall.places, models, to) : undefined,
    unranked: board.overallReason ?? '',
    firmness: overall ? firmness(overall.places, to) : undefined,
    firmnessText: overall ? firmnessText(overall.places, board) : '',
    listedModels: listedModels(board, to),
    families: families(board, to),
    history: await figure(chart),
    historyText: history === undefined || chart ? '' : historyText(history),
    tasks: tasks(board),
    notCompared: notCompared(board),
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

function ranking(places: readonly Place[], models: ReadonlyMap<string, BoardModel>, to: Addresses): BoardTable {
  return boardTable(
    'Ranking on the mean of the families, with 95 % intervals',
    ['Model', 'Rank', 'Tier', 'Letters', 'Score, κ-points', 'Verdict on its gain', 'Restructuring', 'Confidence'],
    places.flatMap((place) => {
      const model = models.get(place.model);
      if (!model) return [];
      return {
        cells: [
          text(place.model, {
            href: to.model(place.model),
            note: model.alsoIn.length > 0 ? `the same in ${listed(model.alsoIn)}` : '',
          }),
          rankCell(place),
          number(String(place.tier), place.tier),
          text(place.letters ?? '—'),
          scoreCell(place.score),
          verdictCell(model),
          restructuringCell(model),
          confidenceCell(model),
        ],
        filter: { name: place.model, verdict: model.verdict?.title ?? 'not compared', tier: String(place.tier) },
      };
    }),
  );
}

function firmness(places: readonly Place[], to: Addresses): BoardTable {
  const ks = places[0]?.top.map(({ k }) => k) ?? [];
  return boardTable(
    'How firm the places are',
    [
      'Model',
      ...ks.map((k) => (k === 1 ? 'Chance of being first' : `Of the top ${k}`)),
      'First under other weightings',
      'Score without the luck of being picked',
    ],
    places.map((place) => ({
      cells: [
        text(place.model, { href: to.model(place.model) }),
        ...place.top.map(({ share }) => shareCell(share)),
        shareCell(place.firstUnderWeightings),
        scoreCell(place.shrunken.status === 'ok' ? { status: 'ok', value: place.shrunken.value } : place.shrunken),
      ],
    })),
  );
}

function firmnessText(places: readonly Place[], { weightings, families }: Leaderboard): string {
  const top = places[0];
  if (!top) return '';
  const [score, shrunken] = [numberOf(top.score) ?? 0, numberOf(top.shrunken)];
  const luck =
    shrunken === undefined
      ? 'With two models the luck of being picked cannot be taken out.'
      : `The best of several noisy scores is on average too high. Without that luck the top score of ${top.model} is ${
          decimal(shrunken) === decimal(score)
            ? `still ${decimal(score)}`
            : `${decimal(shrunken)} and not ${decimal(score)}`
        }.`;
  const weighted =
    top.firstUnderWeightings === null || families.length < 2
      ? ''
      : ` ${top.model} is first under ${Math.round(100 * top.firstUnderWeightings)} % of ${weightings.toLocaleString('en-GB')} weightings of the families.`;
  return `${luck}${weighted}`;
}

function listedModels({ models, families }: Leaderboard, to: Addresses): BoardTable | undefined {
  const others = models.filter(({ status }) => status !== 'ranked');
  if (others.length === 0) return undefined;
  const held = (model: string): string[] =>
    families.filter(({ ranking: own }) => own?.places.some((place) => place.model === model)).map(({ title }) => title);
  return boardTable(
    'Listed, not ranked on the mean of the families',
    ['Model', 'Why', 'Score on its own items, κ-points', 'Verdict on its gain'],
    others.map((model) => ({
      cells: [
        text(model.model, { href: to.model(model.model), symbol: model.status === 'listed' ? '*' : '' }),
        text(model.reasons.map((reason) => reason.text).join(' '), {
          note: model.status === 'families' ? `ranked in ${listed(held(model.model))}` : 'in no test',
        }),
        scoreCell(model.ownScore, 'not tested'),
        verdictCell(model),
      ],
    })),
  );
}

function families(board: Leaderboard, to: Addresses): BoardTable {
  return boardTable(
    'Families: who may be first, and how far the ranks are settled',
    ['Family', 'Tasks', 'Models', 'May be first', 'Pairs told apart', 'Method'],
    board.families.map(({ family, title, side, tasks: own, ranking: ranks, reason }) => {
      const first = ranks?.places.filter(({ best }) => best === 1).map(({ model }) => model) ?? [];
      const told = ranks?.differences.filter(({ better }) => better !== null).length ?? 0;
      const pairs = ranks?.differences.length ?? 0;
      return {
        cells: [
          text(title, { href: to.family(family), note: side === 'other' ? '' : side }),
          number(String(own.length), own.length),
          number(String(ranks?.places.length ?? 0), ranks?.places.length ?? 0),
          text(ranks ? (first.length <= 4 ? listed(first) : `${first.length} models`) : '—', { note: reason ?? '' }),
          number(ranks ? `${told} of ${pairs}` : '—', ranks ? told / Math.max(1, pairs) : undefined),
          text(ranks ? methodText(ranks.method) : '—'),
        ],
      };
    }),
  );
}

/** How a ranking was tested, in words. */
export function methodText(method: 'max-t' | 'holm'): string {
  return method === 'max-t' ? 'paired, joint over all pairs' : 'unpaired, Holm';
}

function tasks(board: Leaderboard): BoardTable {
  const titles = new Map(board.families.map(({ family, title }) => [family, title]));
  return boardTable(
    'Tasks that count',
    ['Task', 'Family', 'Metric', 'Chance', 'Items', 'Settings'],
    board.tasks.map((task) => ({
      cells: [
        text(task.task),
        text(titles.get(task.family) ?? task.family),
        text(task.filter === 'none' ? task.metric : `${task.metric}, ${task.filter}`),
        number(decimal(task.chance, 2), task.chance),
        number(
          String(task.items),
          task.items,
          [
            task.items < task.largest ? `of ${task.largest}` : '',
            task.clusters !== null && task.clusters < task.items ? `in ${task.clusters} clusters` : '',
            task.shared ? '' : 'unpaired',
          ]
            .filter((part) => part !== '')
            .join(', '),
        ),
        text(
          ['harness', 'harness version', 'number of shots', 'task version']
            .flatMap((name) => (task.settings[name] === undefined ? [] : [`${name} ${task.settings[name]}`]))
            .join(', '),
        ),
      ],
    })),
  );
}

function notCompared({ notCompared: entries }: Leaderboard): BoardTable | undefined {
  if (entries.length === 0) return undefined;
  return boardTable(
    'Not compared',
    ['Task', 'Models', 'Why', 'Counts for the others'],
    entries.map(({ task, models, reason, counts }) => ({
      cells: [
        text(task),
        text(models.length <= 4 ? listed(models) : `${models.length} models`),
        text(reason),
        text(counts ? 'yes' : 'no'),
      ],
    })),
  );
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
