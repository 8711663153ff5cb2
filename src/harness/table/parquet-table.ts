import { readParquet } from '../source/parquet.ts';
import type { TableCell, TableRows } from '../source/table-rows.ts';
import { unreadableTable } from '../source/table-rows.ts';

/**
 * Named columns of a Parquet file as a table. Columns of lists and structs are passed over.
 *
 * @param name shown in errors
 * @param wanted columns to read, where the file has them
 * @returns all flat columns' names; rows with the wanted ones
 * @throws SkiagramError `results-malformed`: no rows, and what `readParquet` throws
 */
export async function parquetTable(bytes: Buffer, name: string, wanted: readonly string[]): Promise<TableRows> {
  const { columns, read, rows } = await readParquet(bytes, name, wanted, { nested: false });
  if (rows.length === 0 && read.length > 0) throw unreadableTable(name, 'it has no rows');
  return {
    columns,
    rows: rows.map((row, index) => ({
      place: `row ${index + 1}`,
      cells: new Map(read.map((column) => [column, cell(row[column])])),
    })),
  };
}

/** What a table may hold; bytes as what they are, for whoever asks for a number or a name. */
function cell(value: unknown): TableCell {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number') return value;
  return typeof value === 'bigint' || typeof value === 'boolean' ? value : '(bytes)';
}
