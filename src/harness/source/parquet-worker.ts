import { parentPort, workerData } from 'node:worker_threads';
import {
  type Compressors,
  type FileMetaData,
  parquetMetadata,
  parquetRead,
  parquetSchema,
  type SchemaTree,
} from 'hyparquet';
import { compressors as known } from 'hyparquet-compressors';
import type { ParquetAnswer, ParquetLimits, ParquetTask } from './parquet.ts';

/** Decodes one file of foreign bytes, where running out of memory ends this worker and nothing else. */
parentPort?.postMessage(await decode(workerData as ParquetTask).catch(failed));

async function decode({ bytes, wanted, nested, limits }: ParquetTask): Promise<ParquetAnswer> {
  const metadata = parquetMetadata(bytes);
  const schema = parquetSchema(metadata);
  const fault = footerFault(metadata, schema, wanted, limits);
  if (fault !== undefined) return { fault };
  const rowCount = Number(metadata.num_rows);
  const flat = schema.children.filter(isFlat).map(({ element }) => element.name);
  const columns = nested ? schema.children.map(({ element }) => element.name) : flat;
  if (new Set(columns).size < columns.length) return { fault: 'two of its columns have one name' };
  const read = columns.filter((name) => wanted.includes(name));
  const counts = new Map(read.filter((name) => flat.includes(name)).map((name) => [name, 0]));
  let rows: Record<string, unknown>[] = [];
  if (read.length > 0)
    await parquetRead({
      file: bytes,
      metadata,
      compressors: bounded(limits),
      columns: read,
      rowFormat: 'object',
      onChunk: ({ columnName, columnData }) =>
        counts.set(columnName, (counts.get(columnName) ?? 0) + columnData.length),
      onComplete: (complete) => {
        rows = complete;
      },
    });
  for (const name of flat) {
    const count = counts.get(name);
    if (count !== undefined && count !== rowCount)
      return { fault: `the column "${name}" holds ${count} values, its footer says ${rowCount} rows` };
  }
  if (read.length > 0 && rows.length !== rowCount)
    return { fault: `it holds ${rows.length} rows, its footer says ${rowCount}` };
  return { columns, read, rows: rows.map((row) => plain(row) as Record<string, unknown>) };
}

/** What the footer says that cannot be, or is more than is read: asked before any page is. */
function footerFault(
  metadata: FileMetaData,
  schema: SchemaTree,
  wanted: readonly string[],
  limits: ParquetLimits,
): string | undefined {
  const rowCount = Number(metadata.num_rows);
  if (!Number.isSafeInteger(rowCount) || rowCount < 0 || rowCount > limits.rows)
    return `its footer says ${metadata.num_rows} rows; at most ${limits.rows} are read`;
  const grouped = metadata.row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
  if (grouped !== rowCount) return `its footer says ${rowCount} rows, its row groups hold ${grouped}`;
  for (const { meta_data: chunk } of metadata.row_groups.flatMap((group) => group.columns)) {
    const path = chunk?.path_in_schema ?? [];
    if (chunk === undefined || !hasLeaf(schema, path)) return `its column "${path.join('.')}" is not in its schema`;
    if (!wanted.includes(path[0] ?? '')) continue;
    if (chunk.num_values > BigInt(limits.values) || chunk.total_uncompressed_size > BigInt(limits.columnBytes))
      return `its column "${path.join('.')}" says that it has ${chunk.num_values} values in ${chunk.total_uncompressed_size} bytes`;
  }
  return undefined;
}

/** Does the schema hold this column? hyparquet asks only once it reads, with other columns on their way. */
function hasLeaf(schema: SchemaTree, path: readonly string[]): boolean {
  const leaf = path.reduce<SchemaTree | undefined>(
    (tree, name) => tree?.children.find(({ element }) => element.name === name),
    schema,
  );
  return path.length > 0 && leaf?.children.length === 0;
}

function isFlat({ children, element }: SchemaTree): boolean {
  return children.length === 0 && element.repetition_type !== 'REPEATED';
}

/** Refuses a page before room is made for it: its header may say anything. */
function bounded({ pageBytes }: ParquetLimits): Compressors {
  return Object.fromEntries(
    Object.entries(known).map(([codec, unpack]) => [
      codec,
      (input: Uint8Array, outputLength: number) => {
        if (!(outputLength >= 0 && outputLength <= pageBytes))
          throw new Error(`a page says that it unpacks to ${outputLength} bytes`);
        return unpack(input, outputLength);
      },
    ]),
  ) as Compressors;
}

function plain(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

function failed(cause: unknown): ParquetAnswer {
  return { fault: `it is no Parquet: ${cause instanceof Error ? cause.message : String(cause)}` };
}
