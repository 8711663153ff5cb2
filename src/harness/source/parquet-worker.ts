import { parentPort, workerData } from 'node:worker_threads';
import { parquetMetadata, parquetRead, parquetSchema } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import type { ParquetAnswer, ParquetTask } from './parquet.ts';

/** Decodes one file of foreign bytes, where running out of memory ends this worker and nothing else. */
parentPort?.postMessage(await decode(workerData as ParquetTask).catch(failed));

async function decode({ bytes, wanted, maxRows }: ParquetTask): Promise<ParquetAnswer> {
  const metadata = parquetMetadata(bytes);
  const rowCount = Number(metadata.num_rows);
  if (!Number.isSafeInteger(rowCount) || rowCount < 0 || rowCount > maxRows)
    return { fault: `its footer says ${metadata.num_rows} rows; at most ${maxRows} are read` };
  const grouped = metadata.row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
  if (grouped !== rowCount) return { fault: `its footer says ${rowCount} rows, its row groups hold ${grouped}` };
  const flat = parquetSchema(metadata)
    .children.filter(({ children, element }) => children.length === 0 && element.repetition_type !== 'REPEATED')
    .map(({ element }) => element.name);
  const columns = flat.filter((name) => wanted.includes(name));
  const counts = new Map(columns.map((name) => [name, 0]));
  let rows: Record<string, unknown>[] = [];
  if (columns.length > 0)
    await parquetRead({
      file: bytes,
      metadata,
      compressors,
      columns,
      rowFormat: 'object',
      onChunk: ({ columnName, columnData }) =>
        counts.set(columnName, (counts.get(columnName) ?? 0) + columnData.length),
      onComplete: (read) => {
        rows = read;
      },
    });
  for (const [name, count] of counts)
    if (count !== rowCount)
      return { fault: `the column "${name}" holds ${count} values, its footer says ${rowCount} rows` };
  return { columns: flat, rows: rows.map((row) => columns.map((name) => cell(row[name]))), read: columns };
}

/** What a table may hold; anything else (bytes, lists, maps) as what it is, for whoever asks for a number or a name. */
function cell(value: unknown): string | number | bigint | boolean | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  return `(${value instanceof Uint8Array ? 'bytes' : 'a nested value'})`;
}

function failed(cause: unknown): ParquetAnswer {
  return { fault: `it is no Parquet: ${cause instanceof Error ? cause.message : String(cause)}` };
}
