import Table from 'cli-table3';
import { printable } from './terminal.ts';

/** Widest text of a cell; what is longer ends in an ellipsis (`--json` and `--csv` have it in full). */
const cellWidth = 60;

/** Columns and rows of any result as a table: numbers to the right in at most six significant digits. */
export function resultTable(columns: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const numeric = columns.map((_, index) =>
    rows.every((row) => row[index] === null || row[index] === undefined || typeof row[index] === 'number'),
  );
  const table = new Table({
    head: columns.map(printable),
    colAligns: numeric.map((isNumber) => (isNumber ? 'right' : 'left')),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) table.push(columns.map((_, index) => cell(row[index])));
  return table.toString();
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '—';
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
  const text = printable(typeof value === 'string' ? value : JSON.stringify(value));
  return text.length > cellWidth ? `${text.slice(0, cellWidth - 1)}…` : text;
}
