import { decimal, measuredText } from '../../base/format.ts';
import type { Measured } from '../../base/measured.ts';

/** One table cell: text, and in small print what else is known: n, a method, or why there is no number. */
export interface Cell {
  readonly text: string;
  readonly note: string;
}

/** A measured value as a cell: the number with its interval, and n or the reason below it. */
export function cell(
  measured: Measured,
  digits = 1,
  number: (value: number, digits: number) => string = decimal,
): Cell {
  if (measured.status !== 'ok') return { text: '—', note: measured.reason };
  const n =
    measured.n === undefined ? [] : [measured.k === undefined ? `n = ${measured.n}` : `${measured.k} of ${measured.n}`];
  const note =
    measured.interval === undefined
      ? [measured.note ?? (measured.n === undefined ? 'no interval: a single value' : '')]
      : [];
  return {
    text: measuredText(measured, digits, number),
    note: [...n, ...note].filter((part) => part !== '').join('; '),
  };
}

/** Plain text as a cell. */
export function plain(text: string): Cell {
  return { text, note: '' };
}

/** A table ready for the template: `label` names its scroll region, `numeric` the columns that are right-aligned. */
export interface TableView {
  readonly label: string;
  readonly head: readonly { readonly text: string; readonly numeric: boolean }[];
  readonly rows: readonly { readonly head: Cell; readonly cells: readonly (Cell & { readonly numeric: boolean })[] }[];
}

/** The first column heads its row; columns named in `numeric` (by index) are numbers. */
export function table(
  label: string,
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  numeric: readonly number[] = [],
): TableView {
  return {
    label,
    head: head.map((text, index) => ({ text, numeric: numeric.includes(index) })),
    rows: rows.map(([first = plain(''), ...rest]) => ({
      head: first,
      cells: rest.map((entry, index) => ({ ...entry, numeric: numeric.includes(index + 1) })),
    })),
  };
}
