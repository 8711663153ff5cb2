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

/** A table ready for the template. `id` names it and, with a number, its rows; it is given when the report is put together. */
export interface TableView {
  readonly label: string;
  readonly head: readonly { readonly text: string; readonly numeric: boolean }[];
  /** Classes that align columns of numbers: `n2 n3` for the second and the third. */
  readonly columns: string;
  readonly rows: readonly { readonly head: Cell; readonly cells: readonly Cell[] }[];
  id: string;
  /** Rows carry an id each; in a large report the page's script gives them theirs. */
  linked: boolean;
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
    columns: numeric.map((index) => `n${index + 1}`).join(' '),
    rows: rows.map(([first = plain(''), ...cells]) => ({ head: first, cells })),
    id: '',
    linked: false,
  };
}

/** Numbers every table of a view in the order of the page, so that each can be linked to. */
export function numberTables(view: unknown, linked: boolean): void {
  let count = 0;
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const entry of value) visit(entry);
    else if (typeof value === 'object' && value !== null) {
      if (isTable(value)) {
        count += 1;
        value.id = `t${count}`;
        value.linked = linked;
      } else for (const entry of Object.values(value)) visit(entry);
    }
  };
  visit(view);
}

function isTable(value: object): value is TableView {
  return 'columns' in value && 'rows' in value && 'id' in value;
}
