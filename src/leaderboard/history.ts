import Type from 'typebox';
import { numberOf } from '../base/measured.ts';
import type { Leaderboard } from './leaderboard.ts';

const closed = { additionalProperties: false } as const;

/** One line of a history file: what one build of a leaderboard said. */
export const HistoryLine = Type.Object(
  {
    schemaVersion: Type.Literal('1.0'),
    /** Of the leaderboard: the newest date of its runs. */
    created: Type.String(),
    /** SHA-256 of the tasks, items and settings that count; scores are only comparable within one. */
    basis: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    models: Type.Array(
      Type.Object(
        {
          model: Type.String(),
          fingerprint: Type.Union([Type.String(), Type.Null()]),
          /** κ-points, with its standard error. */
          score: Type.Number(),
          se: Type.Number(),
          rank: Type.Integer(),
          best: Type.Integer(),
          worst: Type.Integer(),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type HistoryLine = Type.Static<typeof HistoryLine>;

/** Text that is equal for two leaderboards exactly where they count the same tasks with the same settings and items. */
export function basisOf({ tasks }: Leaderboard): string {
  return JSON.stringify(
    [...tasks]
      .sort((one, two) => (one.task < two.task ? -1 : 1))
      .map(({ task, family, items, settings }) => [task, family, items, Object.entries(settings).sort()]),
  );
}

/** The line of a leaderboard; models without an overall rank are not in it. */
export function historyLine(board: Leaderboard, basis: string): HistoryLine {
  return {
    schemaVersion: '1.0',
    created: board.created,
    basis,
    models: (board.overall?.places ?? []).map(({ model, score, rank, best, worst }) => ({
      model,
      fingerprint: board.models.find((entry) => entry.model === model)?.fingerprint ?? null,
      score: numberOf(score) ?? 0,
      se: score.status === 'ok' ? (score.se ?? 0) : 0,
      rank,
      best,
      worst,
    })),
  };
}

/** Earlier builds with the newest, where it is not the one before it over again. */
export function withLine(lines: readonly HistoryLine[], line: HistoryLine): readonly HistoryLine[] {
  return JSON.stringify(lines.at(-1)) === JSON.stringify(line) ? lines : [...lines, line];
}
