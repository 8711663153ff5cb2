import {
  type Compressors,
  parquetMetadataAsync,
  parquetRead,
  parquetReadObjects,
  parquetSchema,
  type SchemaTree,
} from 'hyparquet';
import { compressors as known } from 'hyparquet-compressors';
import { malformed } from './malformed.ts';
import type { SourceFile } from './open-source.ts';

/** Bounds of one Parquet file. A real details file: some hundred rows, 20 MB with long prompts. */
const limits = { rows: 2_000_000, values: 50_000_000, columnBytes: 1024 ** 3, pageBytes: 256 * 1024 * 1024 };

/** Refuse a page before room is made for it: its header may say anything. */
const compressors = Object.fromEntries(
  Object.entries(known).map(([codec, unpack]) => [
    codec,
    (input: Uint8Array, outputLength: number) => {
      if (!(outputLength >= 0 && outputLength <= limits.pageBytes))
        throw new Error(`a page says that it unpacks to ${outputLength} bytes`);
      return unpack(input, outputLength);
    },
  ]),
) as Compressors;

/**
 * Rows of an untrusted Parquet file, of those of `columns` that it has. Whole numbers become numbers.
 *
 * @throws SkiagramError `results-malformed` naming the file and, where one is at fault, the column
 */
export async function readParquet(file: SourceFile, columns: readonly string[]): Promise<Record<string, unknown>[]> {
  const bytes = await file.bytes();
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  try {
    if (bytes.subarray(0, 4).toString('latin1') !== 'PAR1') throw new Error('it does not begin with PAR1');
    const metadata = await parquetMetadataAsync(buffer);
    if (metadata.num_rows > BigInt(limits.rows)) throw new Error(`it says that it has ${metadata.num_rows} rows`);
    const chunks = metadata.row_groups.flatMap((group) => group.columns.map(({ meta_data }) => meta_data));
    const schema = parquetSchema(metadata);
    const names = schema.children.map(({ element }) => element.name);
    for (const chunk of chunks) {
      const path = chunk?.path_in_schema ?? [];
      if (chunk === undefined || !hasLeaf(schema, path))
        throw new Error(`a column "${path.join('.')}" is not in its schema`);
      if (!columns.includes(path[0] ?? '')) continue;
      if (chunk.num_values > BigInt(limits.values) || chunk.total_uncompressed_size > BigInt(limits.columnBytes))
        throw new Error(
          `the column ${chunk.path_in_schema.join('.')} says that it has ${chunk.num_values} values in ${chunk.total_uncompressed_size} bytes`,
        );
    }
    const options = {
      file: buffer,
      metadata,
      compressors,
      columns: columns.filter((column) => names.includes(column)),
    };
    // Reading alone waits for every column. With rows to make, hyparquet waits for the columns of a struct one by one, and
    // a second one at fault would end the process as a rejection that nobody handles.
    await parquetRead(options);
    const rows = await parquetReadObjects(options);
    if (BigInt(rows.length) !== metadata.num_rows)
      throw new Error(`it has ${rows.length} rows and says that it has ${metadata.num_rows}`);
    return rows.map((row) => plain(row) as Record<string, unknown>);
  } catch (cause) {
    throw malformed(file.name, 'Parquet', (cause as Error).message.slice(0, 200));
  }
}

/**
 * Does the schema hold this column? hyparquet asks only once it reads, with other columns on their way: their errors
 * would then reach nobody.
 */
function hasLeaf(schema: SchemaTree, path: readonly string[]): boolean {
  const leaf = path.reduce<SchemaTree | undefined>(
    (tree, name) => tree?.children.find(({ element }) => element.name === name),
    schema,
  );
  return path.length > 0 && leaf?.children.length === 0;
}

/** BigInts, dates and byte arrays as JSON has them. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Date) return value.toISOString();
  if (ArrayBuffer.isView(value))
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  return value;
}
