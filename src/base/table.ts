import type { Measured } from './measured.ts';

/** What a cell of a table may hold; null where there is nothing. */
export type Cell = string | number | boolean | null;

/** One column: all its cells in the order of the rows. */
export interface Column {
  readonly name: string;
  readonly type: 'text' | 'integer' | 'number' | 'boolean';
  /** What it holds, with its unit. */
  readonly description: string;
  readonly data: readonly Cell[];
}

/** A tidy table: one observation a row, one variable a column. Read by the Parquet store and by `skiagram query`. */
export interface Table {
  readonly name: string;
  readonly description: string;
  readonly columns: readonly Column[];
}

/** How one column is filled from one row's source. */
export interface Field<Row> extends Omit<Column, 'data'> {
  readonly of: (row: Row) => Cell;
}

/** Builds a table column by column. A number that is not finite becomes null: NaN never travels. */
export function tableOf<Row>(
  name: string,
  description: string,
  rows: readonly Row[],
  fields: readonly Field<Row>[],
): Table {
  return {
    name,
    description,
    columns: fields.map(({ of, ...column }) => ({ ...column, data: rows.map((row) => finite(of(row))) })),
  };
}

/** Four columns for a measured value: the value, the ends of its interval, and the reason where there is none. */
export function measuredFields<Row>(
  name: string,
  description: string,
  of: (row: Row) => Measured | undefined,
): Field<Row>[] {
  const ok = (row: Row) => {
    const measured = of(row);
    return measured?.status === 'ok' ? measured : undefined;
  };
  return [
    { name, type: 'number', description, of: (row) => ok(row)?.value ?? null },
    {
      name: `${name}_low`,
      type: 'number',
      description: `lower end of the interval of ${name}`,
      of: (row) => ok(row)?.interval?.low ?? null,
    },
    {
      name: `${name}_high`,
      type: 'number',
      description: `upper end of the interval of ${name}`,
      of: (row) => ok(row)?.interval?.high ?? null,
    },
    {
      name: `${name}_missing`,
      type: 'text',
      description: `why there is no ${name}; null where there is one`,
      of: (row) => reason(of(row)),
    },
  ];
}

function reason(measured: Measured | undefined): string | null {
  if (measured === undefined) return 'not computed';
  return measured.status === 'ok' ? null : measured.reason;
}

function finite(cell: Cell): Cell {
  return typeof cell === 'number' && !Number.isFinite(cell) ? null : cell;
}
