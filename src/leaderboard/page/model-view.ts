import { decimal, probability, signed } from '../../base/format.ts';
import { numberOf } from '../../base/measured.ts';
import { type FigureView, figure } from '../../report/view/figure-view.ts';
import { historyChart } from '../charts/history-chart.ts';
import type { HistoryLine } from '../history.ts';
import type { BoardModel, Leaderboard } from '../leaderboard.ts';
import type { Addresses } from './addresses.ts';
import { type BoardTable, boardTable, number, text } from './board-table.ts';
import { rankCell, scoreCell, shareCell, symbolOf, toneOf } from './cells.ts';
import { standing } from './index-view.ts';

/** One model: where it stands, against whom, and where its scores come from. */
export interface ModelView {
  readonly partial: 'leaderboard-model';
  readonly anchor: string;
  readonly name: string;
  readonly text: string;
  readonly verdict:
    | {
        readonly title: string;
        readonly symbol: string;
        readonly tone: string;
        readonly text: string;
        readonly fine: string;
      }
    | undefined;
  readonly families: BoardTable;
  readonly against: BoardTable | undefined;
  readonly history: FigureView | undefined;
  readonly tasks: BoardTable;
  readonly provenance: BoardTable;
}

export async function modelView(
  model: BoardModel,
  board: Leaderboard,
  history: readonly HistoryLine[] | undefined,
  to: Addresses,
): Promise<ModelView> {
  const anchor = to.anchor('model', model.model);
  const place = board.overall?.places.find((entry) => entry.model === model.model);
  const { verdict } = model;
  return {
    partial: 'leaderboard-model',
    anchor,
    name: model.model,
    text: place
      ? `${capital(standing(place, board.overall?.places.length ?? 0))} on the mean of the families, tier ${place.tier}, score ${decimal(numberOf(place.score) ?? 0)} κ-points.`
      : `Not ranked on the mean of the families. ${model.reasons.map((reason) => reason.text).join(' ')}`,
    verdict: verdict
      ? {
          title: verdict.title,
          symbol: symbolOf(verdict.verdict),
          tone: toneOf(verdict.verdict),
          text: verdict.text,
          fine: `Against ${verdict.base}, in its own run. ${verdict.confidence === 'none' ? 'No firm verdict.' : `Confidence: ${verdict.confidence}.`} Restructuring: ${verdict.restructuring.replaceAll('-', ' ')}.`,
        }
      : undefined,
    families: families(model, board, to),
    against: against(model, board, to),
    history: await figure(history ? historyChart(`history-${anchor}`, [model.model], history) : undefined, model.model),
    tasks: tasks(model, board),
    provenance: provenance(model),
  };
}

function families({ model }: BoardModel, { families: all }: Leaderboard, to: Addresses): BoardTable {
  return boardTable(
    `Ranks of ${model} by family`,
    ['Family', 'Rank', 'Of', 'Letters', 'Score, κ-points', 'Chance of being first'],
    all.map(({ family, title, ranking }) => {
      const place = ranking?.places.find((entry) => entry.model === model);
      const head = text(title, { href: to.family(family) });
      if (!ranking || !place)
        return {
          cells: [
            head,
            number('—', undefined, 'not ranked here'),
            number('—', undefined),
            text('—'),
            number('—', undefined),
            number('—', undefined),
          ],
        };
      return {
        cells: [
          head,
          rankCell(place),
          number(String(ranking.places.length), ranking.places.length),
          text(place.letters ?? '—'),
          scoreCell(place.score),
          shareCell(place.top.find(({ k }) => k === 1)?.share),
        ],
      };
    }),
  );
}

/** The model minus each other one, on the mean of the families. */
function against({ model }: BoardModel, { overall }: Leaderboard, to: Addresses): BoardTable | undefined {
  const rows = (overall?.differences ?? []).flatMap(({ a, b, value, low, high, p, better }) => {
    if (a !== model && b !== model) return [];
    const sign = a === model ? 1 : -1;
    const other = a === model ? b : a;
    const [from, until] = sign > 0 ? [low, high] : [-high, -low];
    return {
      cells: [
        text(other, { href: to.model(other) }),
        number(`${signed(sign * value)} [${signed(from)}, ${signed(until)}]`, sign * value),
        number(probability(p), p),
        text(better === null ? 'not told apart' : better === model ? 'higher' : 'lower'),
      ],
      value: sign * value,
    };
  });
  if (rows.length === 0) return undefined;
  return boardTable(
    `${model} minus each other model, κ-points`,
    ['Other model', 'Difference, simultaneous 95 %', 'p over all pairs', `${model} is`],
    rows.sort((one, two) => one.value - two.value),
  );
}

function tasks({ model, tasks: own }: BoardModel, board: Leaderboard): BoardTable {
  const titles = new Map(board.families.map(({ family, title }) => [family, title]));
  return boardTable(
    `Scores of ${model} by task`,
    ['Task', 'Family', 'Score, κ-points', 'Standard error', 'Items', 'Counts'],
    own.map(({ task, family, score, counted }) => ({
      cells: [
        text(task),
        text(titles.get(family) ?? family),
        number(
          score.status === 'ok' ? decimal(score.value) : '—',
          numberOf(score),
          score.status === 'ok' ? '' : score.reason,
        ),
        number(
          score.status === 'ok' && score.se !== undefined ? decimal(score.se, 2) : '—',
          score.status === 'ok' ? score.se : undefined,
        ),
        number(
          score.status === 'ok' && score.n !== undefined ? String(score.n) : '—',
          score.status === 'ok' ? score.n : undefined,
        ),
        text(counted ? 'yes' : 'no'),
      ],
    })),
  );
}

function provenance(model: BoardModel): BoardTable {
  const rows: [string, string][] = [
    ['Checkpoint', model.checkpoint],
    ['Run', [model.run, ...model.alsoIn].join(', ')],
    ['Base in its run', model.base ?? 'none'],
    [
      'Condition and step',
      model.condition === null ? 'none' : `${model.condition}${model.step === null ? '' : `, step ${model.step}`}`,
    ],
    [
      'Scores and weights',
      {
        attested: 'attested: scores carry the fingerprint of these weights',
        unattested: 'unattested: scores do not say which weights were scored',
        none: 'no scores',
      }[model.attestation],
    ],
    ['Fingerprint', model.fingerprint ?? 'none'],
    ['Architecture', model.architecture ?? 'not known'],
    ['Parameters', model.parameters === null ? 'not known' : model.parameters.toLocaleString('en-GB')],
  ];
  return boardTable(
    `Where ${model.model} comes from`,
    ['What', 'As its run has it'],
    rows.map(([name, value]) => ({ cells: [text(name), text(value)] })),
  );
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
