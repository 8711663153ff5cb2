import { SkiagramError } from '../../base/error.ts';

/** A cell as it was stored: text in CSV; text, number, integer, boolean or nothing in Parquet. */
export type TableCell = string | number | bigint | boolean | null;

export interface TableRow {
  /** Where it stands, for errors: `line 12` of a text, `row 12` of Parquet. */
  readonly place: string;
  readonly cells: ReadonlyMap<string, TableCell>;
}

/** A table as it was read, whatever file it came from. */
export interface TableRows {
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

/**
 * The error for a table, a row or a cell that is not what it should be.
 *
 * @param where file and place: `scores.csv:12`, `scores.csv, line 12, column "value"`
 */
export function unreadableTable(where: string, what: string, cause?: unknown): SkiagramError {
  return new SkiagramError({
    code: 'results-malformed',
    message: `${where}: ${what}.`,
    hint: 'The file may be cut short, edited, or written by another program.',
    ...(cause === undefined ? {} : { cause }),
  });
}

/** `scores.csv, line 12, column "value"`. */
export function cellPlace(name: string, row: TableRow, column: string): string {
  return `${name}, ${row.place}, column "${column}"`;
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Texts that stand for "no number" in tables of results. */
const absent = new Set(['', '-', 'n/a', 'na', 'nan', 'null', 'none']);

/**
 * A finite number, or null where the cell says that there is none (empty, `-`, `N/A`, `NaN`, null).
 *
 * @throws SkiagramError `results-malformed` for everything else: `45 %`, `1,5`, `high`, `inf`
 */
export function numberCell(name: string, row: TableRow, column: string): number | null {
  const cell = row.cells.get(column) ?? null;
  if (cell === null) return null;
  if (typeof cell === 'number') {
    if (Number.isNaN(cell)) return null;
    if (Number.isFinite(cell)) return cell;
  }
  if (typeof cell === 'bigint' && Number.isSafeInteger(Number(cell))) return Number(cell);
  if (typeof cell === 'string') {
    const text = cell.trim();
    if (absent.has(text.toLowerCase())) return null;
    if (decimal.test(text) && Number.isFinite(Number(text))) return Number(text);
  }
  throw unreadableTable(cellPlace(name, row, column), `expected a number, found ${shownCell(cell)}`);
}

/** A whole number of at least `least`, or null where there is none. Throws `results-malformed`. */
export function countCell(name: string, row: TableRow, column: string, least: number): number | null {
  const value = numberCell(name, row, column);
  if (value === null || (Number.isSafeInteger(value) && value >= least)) return value;
  throw unreadableTable(
    cellPlace(name, row, column),
    `expected a whole number of at least ${least}, found ${shownCell(row.cells.get(column) ?? null)}`,
  );
}

/** The text of a cell; null where it is empty. */
export function textCell(row: TableRow, column: string): string | null {
  const cell = row.cells.get(column) ?? null;
  return cell === null || String(cell).trim() === '' ? null : String(cell).trim();
}

/** A cell as errors show it. */
export function shownCell(cell: TableCell): string {
  if (cell === null) return 'nothing';
  const text = typeof cell === 'string' ? JSON.stringify(cell) : String(cell);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
