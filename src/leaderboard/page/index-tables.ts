import { decimal, listed } from '../../base/format.ts';
import { numberOf } from '../../base/measured.ts';
import type { BoardModel, Leaderboard, Place } from '../leaderboard.ts';
import type { Addresses } from './addresses.ts';
import { type BoardTable, boardTable, number, text } from './board-table.ts';
import { confidenceCell, rankCell, restructuringCell, scoreCell, shareCell, verdictCell } from './cells.ts';

/** Models in order, with their verdicts. */
export function rankingTable(
  places: readonly Place[],
  models: ReadonlyMap<string, BoardModel>,
  to: Addresses,
): BoardTable {
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

/** Chances of the first places, and what is left of each score. */
export function firmnessTable(places: readonly Place[], to: Addresses): BoardTable {
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

/** What is left of the first place, in two sentences. */
export function firmnessText(places: readonly Place[], { weightings, families }: Leaderboard): string {
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

/** Models that are not ranked on the aggregate, and why; undefined where all are. */
export function listedTable({ models, families }: Leaderboard, to: Addresses): BoardTable | undefined {
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

/** One row a family. */
export function familiesTable(board: Leaderboard, to: Addresses): BoardTable {
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

/** Tasks that count, and on how many items. */
export function tasksTable(board: Leaderboard): BoardTable {
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

/** What was left out, for whom and why; undefined where nothing was. */
export function notComparedTable({ notCompared: entries }: Leaderboard): BoardTable | undefined {
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
