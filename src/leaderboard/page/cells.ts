import { decimal, measuredText } from '../../base/format.ts';
import { type Measured, numberOf } from '../../base/measured.ts';
import type { BoardModel, Place } from '../leaderboard.ts';
import { rankText } from '../rank-text.ts';
import { type BoardCell, number, text } from './board-table.ts';

/** Verdict of a model's own run, with a mark that does not rest on colour. */
export function verdictCell({ verdict }: BoardModel): BoardCell {
  if (!verdict) return text('—', { note: 'not compared with a base', sort: '' });
  return text(verdict.title, { symbol: symbolOf(verdict.verdict), tone: toneOf(verdict.verdict) });
}

export function confidenceCell({ verdict }: BoardModel): BoardCell {
  if (!verdict) return text('—', { sort: '' });
  const order = ['none', 'weak', 'moderate', 'strong'];
  return text(verdict.confidence === 'none' ? 'no firm verdict' : verdict.confidence, {
    sort: String(order.indexOf(verdict.confidence)),
  });
}

export function restructuringCell({ verdict }: BoardModel): BoardCell {
  if (!verdict) return text('—', { sort: '' });
  const D = numberOf(verdict.D);
  return text(verdict.restructuring.replaceAll('-', ' '), {
    note: D === undefined ? '' : `D̄ ${decimal(D, 3)}`,
    sort: D === undefined ? '' : String(D),
  });
}

/** `2–4`, sorted by the rank of the score. */
export function rankCell(place: Place): BoardCell {
  return number(
    rankText(place),
    place.rank + place.best / 1000,
    place.best === place.worst ? '' : `score ranks ${place.rank}`,
  );
}

export function scoreCell(score: Measured, note = ''): BoardCell {
  if (score.status !== 'ok') return number('—', undefined, score.reason);
  return number(measuredText(score), score.value, note);
}

export function shareCell(share: number | null | undefined): BoardCell {
  return share === null || share === undefined ? number('—', undefined) : number(shareText(share), share);
}

/** A share of draws: `0.93`; what never or always happened in 10,000 draws is not called impossible or certain. */
export function shareText(share: number): string {
  if (share < 0.005) return '< 0.01';
  return share > 0.995 ? '> 0.99' : share.toFixed(2);
}

export function toneOf(verdict: string): string {
  if (verdict === 'benchmark-shadow' || verdict === 'regression') return 'alert';
  return verdict.startsWith('broad') ? 'good' : 'quiet';
}

export function symbolOf(verdict: string): string {
  const symbols: Readonly<Record<string, string>> = {
    'benchmark-shadow': '▲',
    'specialised-rebuild': '◆',
    regression: '▼',
    'no-change': '=',
    'neutral-rebuild': '=',
  };
  return symbols[verdict] ?? (verdict.startsWith('broad') ? '●' : '?');
}
