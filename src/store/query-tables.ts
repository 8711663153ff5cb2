import { SkiagramError } from '../base/error.ts';
import type { Cell, Column, Table } from '../base/table.ts';

/** What a query gave: columns by name and rows in order. Whole numbers beyond 2⁵³ and dates come as text. */
export interface QueryResult {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** Rows handed to DuckDB at once: its own vector size. */
const chunkRows = 2048;

/**
 * Runs SQL over tables in memory with DuckDB, cut off from disk and network: a query can read the tables and nothing
 * else, whatever it says.
 *
 * @throws SkiagramError `query-unavailable` where DuckDB is not installed, `query-failed` with DuckDB's own words
 */
export async function queryTables(tables: readonly Table[], sql: string): Promise<QueryResult> {
  const duckdb = await load();
  const instance = await duckdb.DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    for (const table of tables) await fill(duckdb, connection, table);
    await connection.run(
      "SET enable_external_access = false; SET memory_limit = '4GB'; SET lock_configuration = true;",
    );
    return await answer(connection, tables, sql);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

type DuckDb = typeof import('@duckdb/node-api');
type Connection = Awaited<ReturnType<Awaited<ReturnType<DuckDb['DuckDBInstance']['create']>>['connect']>>;

async function load(): Promise<DuckDb> {
  try {
    return await import('@duckdb/node-api');
  } catch (cause) {
    throw new SkiagramError({
      code: 'query-unavailable',
      message: 'DuckDB is not installed here, so nothing can be queried.',
      hint: 'Install the optional package @duckdb/node-api, or open the Parquet files under samples/ with another tool.',
      cause,
    });
  }
}

const sqlTypes: Readonly<Record<Column['type'], string>> = {
  text: 'VARCHAR',
  integer: 'BIGINT',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
};

async function fill(duckdb: DuckDb, connection: Connection, table: Table): Promise<void> {
  const columns = table.columns.map((column) => `${quoted(column.name)} ${sqlTypes[column.type]}`);
  await connection.run(`CREATE TABLE ${quoted(table.name)} (${columns.join(', ')})`);
  const types = table.columns.map(({ type }) => duckdb[sqlTypes[type] as 'VARCHAR' | 'BIGINT' | 'DOUBLE' | 'BOOLEAN']);
  const total = table.columns[0]?.data.length ?? 0;
  const appender = await connection.createAppender(table.name);
  for (let start = 0; start < total; start += chunkRows) {
    const chunk = duckdb.DuckDBDataChunk.create(types);
    chunk.setColumns(
      table.columns.map(({ type, data }) =>
        data.slice(start, start + chunkRows).map((cell) => (type === 'integer' ? bigint(cell) : cell)),
      ),
    );
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

async function answer(connection: Connection, tables: readonly Table[], sql: string): Promise<QueryResult> {
  try {
    const reader = await connection.runAndReadAll(sql);
    return {
      columns: reader.deduplicatedColumnNames(),
      rows: reader.getRowsJS().map((row) => row.map(plain)),
    };
  } catch (cause) {
    throw new SkiagramError({
      code: 'query-failed',
      message: (cause as Error).message,
      hint: `Tables: ${tables.map(({ name }) => name).join(', ')}. \`skiagram query --tables\` lists their columns.`,
      exitCode: 2,
    });
  }
}

function bigint(cell: Cell): bigint | null {
  return typeof cell === 'number' ? BigInt(cell) : null;
}

/** A value as JSON can hold it: no bigint, no NaN, no date object. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry)]));
  return value;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
