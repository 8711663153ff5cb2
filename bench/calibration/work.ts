import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Cell } from './cells.ts';
import { added, type Tally } from './run-worlds.ts';
import type { Stretch } from './worker.ts';

/** What one cell gave. */
export interface Counted {
  readonly tally: Tally;
  /** Seconds of one core. */
  readonly seconds: number;
}

/** Worlds handed to a worker at once, so that both cores end together. */
const stretch = { score: 50, weight: 5, joint: 5 } as const;

/**
 * Runs cells on `jobs` worker threads. `done` is told of every finished cell, so that it can be kept; `tick` after
 * every stretch. The tally does not depend on the number of workers: every world has its own seed.
 */
export async function work(
  asked: readonly { readonly cell: Cell; readonly worlds: number }[],
  jobs: number,
  done: (cell: Cell, counted: Counted) => void,
  tick: (cell: Cell, worlds: number) => void,
): Promise<void> {
  const queue = asked.flatMap(({ cell, worlds }) =>
    Array.from({ length: Math.ceil(worlds / stretch[cell.kind]) }, (_, part) => ({
      cell,
      worlds,
      message: {
        cell: cell.id,
        from: part * stretch[cell.kind],
        to: Math.min(worlds, (part + 1) * stretch[cell.kind]),
      } satisfies Stretch,
    })),
  );
  const open = new Map<string, Counted>();
  const one = async (): Promise<void> => {
    const worker = new Worker(new URL('worker.ts', import.meta.url));
    try {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const started = performance.now();
        worker.postMessage(next.message);
        const [tally] = (await once(worker, 'message')) as [Tally];
        const before = open.get(next.cell.id) ?? { tally: {}, seconds: 0 };
        const counted = {
          tally: added(before.tally, tally),
          seconds: before.seconds + (performance.now() - started) / 1000,
        };
        open.set(next.cell.id, counted);
        tick(next.cell, next.message.to - next.message.from);
        if (counted.tally.worlds === next.worlds) done(next.cell, counted);
      }
      worker.postMessage(null);
      await once(worker, 'exit');
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: jobs }, one));
}
