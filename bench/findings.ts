import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { patterns } from '../src/findings/registry.ts';
import type { SpectrumEngine } from '../src/spectrum/engine.ts';
import { openEngine } from '../src/spectrum/select.ts';
import { diagnoseWhole } from './calibration/diagnose-world.ts';
import type { ScoreCell } from './calibration/plan.ts';
import { judge, rulesOf } from './calibration/product-path.ts';
import { scoreWorld } from './calibration/score-world.ts';
import { weightWorld } from './calibration/weight-world.ts';
import { worldStream } from './calibration/world-stream.ts';
import { findingsPage, type WorldTally } from './findings/page.ts';
import { type FindingWorld, findingWorlds, natural, suite } from './findings/worlds.ts';

/**
 * How often each pattern is detected where it is there by construction, and where it is not:
 * `npm run simulate:findings [-- --worlds 80] [--quick] [--page]`.
 *
 * Pairs of planted checkpoints and scores go through the product's own path. Writes docs/FINDING-RATES.md and
 * docs/calibration/findings.json; `--quick` (two pairs a world) prints the page instead;
 * `--page` writes it anew from findings.json.
 */
const { values: options } = parseArgs({
  options: {
    worlds: { type: 'string', default: '80' },
    quick: { type: 'boolean', default: false },
    page: { type: 'boolean', default: false },
  },
});
const docs = fileURLToPath(new URL('../docs', import.meta.url));
const kept = join(docs, 'calibration/findings.json');
const tallies = options.page
  ? (JSON.parse(readFileSync(kept, 'utf8')) as WorldTally[])
  : await simulate(options.quick ? 2 : Number(options.worlds));
const page = findingsPage(tallies, Object.keys(patterns));
if (options.quick) process.stdout.write(page);
else {
  writeFileSync(kept, `${JSON.stringify(tallies, null, 1)}\n`);
  writeFileSync(join(docs, 'FINDING-RATES.md'), page);
}

/** Draws `pairs` pairs of every world and counts what is found in them. */
async function simulate(pairs: number): Promise<WorldTally[]> {
  const engine = await openEngine({
    engine: 'auto',
    jobs: availableParallelism(),
    onNotice: (text) => console.error(text),
  });
  const counted: WorldTally[] = [];
  try {
    for (const world of findingWorlds) {
      const started = performance.now();
      counted.push({ world: world.id, pairs, counts: await countsOf(world, pairs, engine) });
      console.error(`${world.id}: ${pairs} pairs in ${((performance.now() - started) / 1000).toFixed(0)} s`);
    }
  } finally {
    await engine.close();
  }
  return counted;
}

async function countsOf(world: FindingWorld, pairs: number, engine: SpectrumEngine): Promise<WorldTally['counts']> {
  const cell: ScoreCell = {
    ...suite,
    ...natural(world),
    ...{ id: `findings/${world.id}`, role: 'null', declared: true, chance: 0, cluster: 1, icc: 0, ceiling: false },
    truth: world.scores,
  };
  const counts: Record<string, Record<string, number>> = {};
  for (let index = 0; index < pairs; index++) {
    const drawn = weightWorld(world.weights, worldStream(`${cell.id}/weights`, index));
    const { pair, diagnoses } = await diagnoseWhole(drawn, engine, index);
    const options = { seed: index, display: true, diagnoses };
    const { findings } = judge(scoreWorld(cell, index), rulesOf(cell), pair, options);
    for (const { id, status } of findings) {
      const own = counts[id] ?? {};
      counts[id] = { ...own, [status]: (own[status] ?? 0) + 1 };
    }
  }
  return counts;
}
