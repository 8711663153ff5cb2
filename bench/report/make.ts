import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEngine } from '../../src/spectrum/select.ts';
import { plantedRun, type RunSize } from './planted-run.ts';

/** Sizes that have a budget, and one beyond them that must stay readable. */
export const sizes: Readonly<Record<string, RunSize>> = {
  two: { checkpoints: 2, layers: 36, suite: { families: 10, targeted: 4, tasks: 6, items: 300 } },
  twenty: { checkpoints: 20, layers: 36, suite: { families: 10, targeted: 4, tasks: 6, items: 300 } },
  fifty: { checkpoints: 51, layers: 12, suite: { families: 5, targeted: 2, tasks: 4, items: 150 }, argue: false },
};

/** Writes dossier.json, findings.json, verdict.json and a manifest's worth of nothing else: a folder reports can be made from. */
export async function makePlanted(folder: string, size: RunSize): Promise<void> {
  const engine = await openEngine({ engine: 'auto', jobs: 1, onNotice: (text) => console.error(text) });
  try {
    const documents = await plantedRun(size, engine);
    mkdirSync(folder, { recursive: true });
    for (const [name, document] of Object.entries(documents))
      writeFileSync(join(folder, `${name}.json`), JSON.stringify(document));
  } finally {
    await engine.close();
  }
}
