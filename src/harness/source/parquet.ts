import { Worker } from 'node:worker_threads';
import type { TableCell, TableRows } from './table-rows.ts';
import { unreadableTable } from './table-rows.ts';

/** What the decoding worker is given. */
export interface ParquetTask {
  readonly bytes: ArrayBuffer;
  /** Columns to read, where the file has them. */
  readonly wanted: readonly string[];
  readonly maxRows: number;
}

/** What it answers: the table, or what is wrong with the file. */
export type ParquetAnswer =
  | { readonly columns: readonly string[]; readonly read: readonly string[]; readonly rows: readonly TableCell[][] }
  | { readonly fault: string };

/** A page of some bytes can claim 2³¹ values, so decoding has bounds of its own. Two million rows of ten columns fit. */
const limits = { rows: 2_000_000, heapMegabytes: 2048, milliseconds: 300_000 };

/**
 * Reads named columns of a Parquet file of any codec. Nested columns are passed over. Decoding runs in a worker: a file
 * made to exhaust memory or time ends it there.
 *
 * @param name shown in errors
 * @param wanted columns to read, where the file has them
 * @returns all flat columns' names; rows with the wanted ones
 * @throws SkiagramError `results-malformed`: cut short, a footer that does not fit the pages, no rows
 */
export async function parseParquet(bytes: Buffer, name: string, wanted: readonly string[]): Promise<TableRows> {
  if (bytes.length < 12)
    throw unreadableTable(name, bytes.length === 0 ? 'it is empty' : 'it is too short for Parquet');
  if (bytes.toString('latin1', bytes.length - 4) !== 'PAR1')
    throw unreadableTable(`${name}, byte ${bytes.length - 4}`, 'it does not end as Parquet does, so it is cut short');
  const answer = await decoded({ bytes: new Uint8Array(bytes).buffer, wanted, maxRows: limits.rows });
  if ('fault' in answer) throw unreadableTable(name, answer.fault.replace(/\.$/, ''));
  const { columns, read, rows } = answer;
  if (new Set(columns).size < columns.length) throw unreadableTable(name, 'two of its columns have one name');
  if (rows.length === 0 && read.length > 0) throw unreadableTable(name, 'it has no rows');
  return {
    columns,
    rows: rows.map((cells, index) => ({
      place: `row ${index + 1}`,
      cells: new Map(read.map((column, at) => [column, cells[at] ?? null])),
    })),
  };
}

async function decoded(task: ParquetTask): Promise<ParquetAnswer> {
  const suffix = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = new Worker(new URL(`./parquet-worker.${suffix}`, import.meta.url), {
    workerData: task,
    transferList: [task.bytes],
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMegabytes },
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<ParquetAnswer>((resolve) => {
      timer = setTimeout(() => resolve({ fault: 'decoding it takes longer than 5 minutes' }), limits.milliseconds);
      worker.once('message', resolve);
      worker.once('error', (error: NodeJS.ErrnoException) =>
        resolve({
          fault:
            error.code === 'ERR_WORKER_OUT_OF_MEMORY'
              ? `it unpacks to more than ${limits.heapMegabytes} MB`
              : `it cannot be decoded: ${error.message}`,
        }),
      );
      worker.once('exit', () => resolve({ fault: 'decoding it ended without an answer' }));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
