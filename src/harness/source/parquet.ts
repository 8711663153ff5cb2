import { Worker } from 'node:worker_threads';
import { unreadableTable } from './table-rows.ts';

/** What is asked of the worker that decodes. */
export interface ParquetTask {
  readonly bytes: ArrayBuffer;
  /** Columns to read, where the file has them. */
  readonly wanted: readonly string[];
  /** Read columns of lists and structs too; else they are passed over. */
  readonly nested: boolean;
  readonly limits: ParquetLimits;
}

/** What it answers: the rows, or what is wrong with the file. */
export type ParquetAnswer = ParquetRows | { readonly fault: string };

/** Columns and rows of one file. */
export interface ParquetRows {
  /** Every flat column of the file; with `nested` every column. */
  readonly columns: readonly string[];
  /** Those of them that were read. */
  readonly read: readonly string[];
  /**
   * As JSON has it, but for two: whole numbers that no double holds stay bigints, and bytes stay bytes. A date is its ISO
   * text.
   */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** A page of some bytes can claim 2³¹ values, so decoding has bounds of its own. */
export interface ParquetLimits {
  readonly rows: number;
  /** Values of one column chunk: of a list more than rows. */
  readonly values: number;
  /** One column chunk, unpacked. */
  readonly columnBytes: number;
  /** One page, unpacked. */
  readonly pageBytes: number;
}

/** Two million rows of ten columns fit. A real details file of lighteval: some hundred rows, 20 MB with long prompts. */
const limits: ParquetLimits = {
  rows: 2_000_000,
  values: 50_000_000,
  columnBytes: 1024 ** 3,
  pageBytes: 256 * 1024 * 1024,
};
const heapMegabytes = 2048;
const milliseconds = 300_000;

/**
 * Reads named columns of an untrusted Parquet file of any codec. Decoding runs in a worker: a file made to exhaust memory
 * or time ends it there.
 *
 * @param name shown in errors
 * @param wanted columns to read, where the file has them
 * @throws SkiagramError `results-malformed`: cut short, a footer that does not fit schema or pages, a name twice
 */
export async function readParquet(
  bytes: Buffer,
  name: string,
  wanted: readonly string[],
  { nested }: { readonly nested: boolean },
): Promise<ParquetRows> {
  if (bytes.length < 12) throw unreadableTable(name, `it is ${bytes.length === 0 ? 'empty' : 'too short'}, no Parquet`);
  if (bytes.toString('latin1', 0, 4) !== 'PAR1')
    throw unreadableTable(`${name}, byte 0`, 'it does not begin with PAR1, as Parquet does');
  if (bytes.toString('latin1', bytes.length - 4) !== 'PAR1')
    throw unreadableTable(`${name}, byte ${bytes.length - 4}`, 'it does not end as Parquet does, so it is cut short');
  const answer = await decoded({ bytes: new Uint8Array(bytes).buffer, wanted, nested, limits });
  if ('fault' in answer) throw unreadableTable(name, answer.fault.slice(0, 300).replace(/\.$/, ''));
  return answer;
}

async function decoded(task: ParquetTask): Promise<ParquetAnswer> {
  const suffix = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = new Worker(new URL(`./parquet-worker.${suffix}`, import.meta.url), {
    workerData: task,
    transferList: [task.bytes],
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<ParquetAnswer>((resolve) => {
      timer = setTimeout(() => resolve({ fault: 'decoding it takes longer than 5 minutes' }), milliseconds);
      worker.once('message', resolve);
      worker.once('error', (error: NodeJS.ErrnoException) =>
        resolve({
          fault:
            error.code === 'ERR_WORKER_OUT_OF_MEMORY'
              ? `it unpacks to more than ${heapMegabytes} MB`
              : `it is no Parquet: ${error.message}`,
        }),
      );
      worker.once('exit', () => resolve({ fault: 'decoding it ended without an answer' }));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
