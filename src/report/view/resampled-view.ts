import { decimal, measuredText, signed } from '../../base/format.ts';
import type { Asymmetry } from '../../families/asymmetry.ts';
import type { Resampled, ScaleResampled } from '../../families/resampled.ts';
import { type Cell, plain, type TableView, table } from './cell.ts';

type Statistic = keyof ScaleResampled;
type Number = (value: number, digits: number) => string;

const rows: readonly (readonly [Statistic, string, number, Number])[] = [
  ['S', 'Contrast S', 1, signed],
  ['Q', 'Q', 1, decimal],
  ['F', 'F', 2, decimal],
  ['tau', 'Dispersion τ', 2, decimal],
  ['CAI', 'CAI', 2, decimal],
  ['effectiveFamilies', 'Families that carry the gain', 1, decimal],
  ['gini', 'Gini of positive gains', 2, decimal],
];

/**
 * Every statistic of METHOD § 2.4 on both scales with its bootstrap interval, beside what it would be if all families had
 * gained alike: an index that leans towards asymmetry by itself shows that here.
 */
export function resampledView(name: string, resampled: NonNullable<Asymmetry['resampled']>): TableView {
  return table(
    `Statistics on both scales with their null, ${name}`,
    ['Statistic', 'κ-points', 'κ, all families alike', 'Log-odds', 'Log-odds, all families alike'],
    rows.map(([statistic, title, digits, number]) => [
      plain(title),
      ...[resampled.kappa, resampled.logit].flatMap((scale) => cells(scale[statistic], digits, number)),
    ]),
    [1, 2, 3, 4],
  );
}

function cells({ value, null: alike, exceeded }: Resampled, digits: number, number: Number): Cell[] {
  const shown = value.status === 'ok' ? plain(measuredText(value, digits, number)) : { text: '—', note: value.reason };
  if (alike === null) return [shown, { text: '—', note: 'not defined without a difference' }];
  return [
    shown,
    {
      text: `${number(alike.median, digits)} [${number(alike.low, digits)}, ${number(alike.high, digits)}]`,
      note: exceeded === null ? '' : `as large in ${decimal(100 * exceeded, 1)} % of draws`,
    },
  ];
}
