import type { BasicType } from 'hyparquet-writer';
import type { Column, Table } from '../base/table.ts';
import { writeWhole } from './write.ts';

/** Rows of a group; readers skip whole groups by their statistics. */
const rowGroupSize = 100_000;

/**
 * Writes a table as Parquet (Snappy), whole or not at all. DuckDB, pandas, Polars and Arrow open it.
 * The same table gives the same bytes.
 *
 * @throws SkiagramError `disk-full` or `output-unwritable`
 */
export async function writeParquet(path: string, table: Table): Promise<void> {
  await writeWhole(path, await parquetBytes(table));
}

/** A table as the bytes of a Parquet file (Snappy). The same table gives the same bytes. */
export async function parquetBytes(table: Table): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const buffer = parquetWriteBuffer({
    columnData: table.columns.map((column) => ({
      name: column.name,
      data: column.type === 'integer' ? column.data.map(bigint) : [...column.data],
      type: parquetTypes[column.type],
      nullable: true,
    })),
    rowGroupSize,
    createdBy: 'skiagram',
    kvMetadata: [
      { key: 'skiagram.table', value: table.name },
      { key: 'skiagram.columns', value: JSON.stringify(table.columns.map(describe)) },
    ],
  });
  return new Uint8Array(buffer);
}

const parquetTypes: Readonly<Record<Column['type'], BasicType>> = {
  text: 'STRING',
  integer: 'INT64',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
};

function bigint(cell: Column['data'][number]): bigint | null {
  return typeof cell === 'number' ? BigInt(cell) : null;
}

function describe({ name, description }: Column): { name: string; description: string } {
  return { name, description };
}
