import { parentPort } from 'node:worker_threads';
import type { SpectrumEngine } from '../../src/spectrum/engine.ts';
import { openEngine } from '../../src/spectrum/select.ts';
import { cells } from './cells.ts';
import { runWorlds } from './run-worlds.ts';

/** A stretch of the worlds of one cell. */
export interface Stretch {
  readonly cell: string;
  readonly from: number;
  readonly to: number;
}

let engine: Promise<SpectrumEngine> | undefined;
const opened = (): Promise<SpectrumEngine> => {
  engine ??= openEngine({ engine: 'auto', jobs: 1, onNotice: (text) => console.error(text) });
  return engine;
};

parentPort?.on('message', async (stretch: Stretch | null) => {
  if (stretch === null) {
    await (await engine)?.close();
    parentPort?.close();
    return;
  }
  const cell = cells.find(({ id }) => id === stretch.cell);
  if (!cell) throw new Error(`There is no cell ${stretch.cell}.`);
  parentPort?.postMessage(await runWorlds(cell, stretch.from, stretch.to, opened));
});
