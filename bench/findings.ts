import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { patterns } from '../src/findings/registry.ts';
import { openEngine } from '../src/spectrum/select.ts';
import { diagnoseWhole } from './calibration/diagnose-world.ts';
import type { ScoreCell } from './calibration/plan.ts';
import { judge, rulesOf } from './calibration/product-path.ts';
import { scoreWorld } from './calibration/score-world.ts';
import { weightWorld } from './calibration/weight-world.ts';
import { worldStream } from './calibration/world-stream.ts';
import { findingsPage, type WorldTally } from './findings/page.ts';
import { findingWorlds, natural, suite } from './findings/worlds.ts';

/**
 * How often each pattern is detected where it is there by construction, and where it is not:
 * `npm run simulate:findings [-- --worlds 60] [--quick]`.
 *
 * Pairs of planted checkpoints and scores go through the product's own path. Writes docs/FINDING-RATES.md and
 * docs/calibration/findings.json; `--quick` (two pairs a world) prints the page instead.
 */
const { values: options } = parseArgs({
  options: { worlds: { type: 'string', default: '60' }, quick: { type: 'boolean', default: false } },
});
const pairs = options.quick ? 2 : Number(options.worlds);
const engine = await openEngine({
  engine: 'auto',
  jobs: availableParallelism(),
  onNotice: (text) => console.error(text),
});
const tallies: WorldTally[] = [];
try {
  for (const world of findingWorlds) {
    const cell: ScoreCell = {
      ...suite,
      ...{ id: `findings/${world.id}`, role: 'null', declared: true, chance: 0, cluster: 1, icc: 0, ceiling: false },
      truth: world.scores,
      ...natural(world),
    };
    const counts: Record<string, Record<string, number>> = {};
    const started = performance.now();
    for (let index = 0; index < pairs; index++) {
      const drawn = weightWorld(world.weights, worldStream(`${cell.id}/weights`, index));
      const { pair, diagnoses } = await diagnoseWhole(drawn, engine, index);
      const scores = scoreWorld(cell, index);
      const { findings } = judge(scores, rulesOf(cell), pair, { seed: index, display: true, diagnoses });
      for (const { id, status } of findings) {
        const own = counts[id] ?? {};
        counts[id] = { ...own, [status]: (own[status] ?? 0) + 1 };
      }
    }
    const seconds = (performance.now() - started) / 1000;
    console.error(`${world.id}: ${pairs} pairs in ${seconds.toFixed(0)} s`);
    tallies.push({ world: world.id, pairs, counts });
  }
} finally {
  await engine.close();
}
const page = findingsPage(tallies, Object.keys(patterns));
if (options.quick) process.stdout.write(page);
else {
  const docs = fileURLToPath(new URL('../docs', import.meta.url));
  mkdirSync(join(docs, 'calibration'), { recursive: true });
  writeFileSync(join(docs, 'calibration/findings.json'), `${JSON.stringify(tallies, null, 1)}\n`);
  writeFileSync(join(docs, 'FINDING-RATES.md'), page);
}
