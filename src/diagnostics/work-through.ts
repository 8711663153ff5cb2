import type { StopSignal } from '../base/stop-signal.ts';
import type { MatrixInfo } from '../checkpoint/checkpoint.ts';
import { CacheFailure } from './cached-engine.ts';

export interface WorkOptions {
  readonly signal?: StopSignal | undefined;
  /** Matrices handed to the engine at once; the engine decides how many it works on. */
  readonly jobs?: number | undefined;
  /** Called when a matrix is finished, failed ones included. `work` is in multiply–adds of the Gram matrices. */
  readonly onMatrix?:
    | ((done: number, total: number, name: string, work: { done: number; total: number }) => void)
    | undefined;
  /** Called while matrices that no longer correlate with the base are looked for in other coordinates, in layers. */
  readonly onSearch?: ((done: number, total: number) => void) | undefined;
}

/** Enough to keep any machine's cores busy; what waits in the engine's queue costs nothing. */
const defaultJobs = 64;

/**
 * Runs `measure` on every matrix, largest first so that the last ones to finish are small, and returns results in the
 * order given. Where one throws, `failed` makes its result and the rest goes on; only an abort and a failing cache end
 * the work, after everything in flight has ended.
 */
export async function workThrough<Item extends { readonly matrix: MatrixInfo }, Result>(
  items: readonly Item[],
  { signal, jobs = defaultJobs, onMatrix }: WorkOptions,
  measure: (item: Item) => Promise<Result>,
  failed: (item: Item, error: unknown) => Result,
): Promise<Result[]> {
  const queue = items.map((item, index) => ({ item, index, work: workOf(item.matrix) }));
  queue.sort((a, b) => b.work - a.work);
  const total = queue.reduce((sum, { work }) => sum + work, 0);
  const results: Result[] = new Array(items.length);
  const progress = { matrices: 0, work: 0 };
  let next = 0;
  const runner = async (): Promise<void> => {
    for (let entry = queue[next++]; entry; entry = queue[next++]) {
      signal?.throwIfAborted();
      results[entry.index] = await measure(entry.item).catch((error: unknown) => {
        signal?.throwIfAborted();
        if (error instanceof CacheFailure) {
          next = queue.length;
          throw error.cause;
        }
        return failed(entry.item, error);
      });
      progress.matrices += 1;
      progress.work += entry.work;
      onMatrix?.(progress.matrices, items.length, entry.item.matrix.name, { done: progress.work, total });
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(jobs, items.length) }, runner));
  signal?.throwIfAborted();
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
  return results;
}

/** Multiply–adds of the Gram matrix, the measure of progress. */
function workOf({ rows, cols }: MatrixInfo): number {
  return Math.min(rows, cols) ** 2 * Math.max(rows, cols);
}
