import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { draw } from '../src/report/charts/draw.ts';
import { type Cell, cells } from './calibration/cells.ts';
import { charts } from './calibration/charts.ts';
import { calibrationPage, misses, type Result } from './calibration/page.ts';
import { plan } from './calibration/plan.ts';
import { type Counted, work } from './calibration/work.ts';

/**
 * Planted truth through the product's own path: `npm run calibrate [-- --quick] [--worlds N] [--cells REGEX] [--jobs N] [--page]`.
 *
 * Writes docs/CALIBRATION.md, its plots and docs/calibration/results.json when every cell was run. With `--cells` or
 * `--quick` it prints the page instead. A finished cell is kept in node_modules/.cache until the code it ran changes, so a
 * run that was stopped goes on. `--page` writes page and plots anew from docs/calibration/results.json. Ends with code 1 where something accepted beforehand does not hold; `--quick` only where a cell fails to run.
 */
const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    worlds: { type: 'string' },
    cells: { type: 'string' },
    jobs: { type: 'string' },
    fresh: { type: 'boolean', default: false },
    page: { type: 'boolean', default: false },
  },
});
const root = fileURLToPath(new URL('..', import.meta.url));
const kept = join(root, 'node_modules/.cache/skiagram-calibration');
mkdirSync(kept, { recursive: true });
const wanted = new RegExp(options.cells ?? '');
const quickCells =
  /^(null\/(no-change|boundary-10-5)|power\/10)\/2\+3x4x500\/declared(-centred)?$|^weights\/(noise-0\.2|fresh-12|value)|^joint\/broad\/deep/;
const asked = cells
  .filter(({ id }) => wanted.test(id) && (!options.quick || quickCells.test(id)))
  .map((cell) => ({ cell, worlds: worldsOf(cell) }));
const code = codeHash();
const results = options.page ? published() : new Map<string, Counted>();
const open = options.page
  ? []
  : asked.filter(({ cell, worlds }) => {
      const path = fileOf(cell, worlds);
      if (options.fresh || !existsSync(path)) return true;
      results.set(cell.id, JSON.parse(readFileSync(path, 'utf8')) as Counted);
      return false;
    });
if (results.size > 0 && !options.page) console.error(`${results.size} cells were kept from an earlier run.`);
await runOpen();

const rows = asked.map(({ cell, worlds }): Result => ({ cell, worlds, ...(results.get(cell.id) as Counted) }));
const whole = !options.quick && options.cells === undefined;
const page = calibrationPage(rows, whole ? 'docs' : 'print');
if (!whole) process.stdout.write(page);
else {
  const folder = join(root, 'docs/calibration');
  mkdirSync(folder, { recursive: true });
  for (const chart of charts(rows)) writeFileSync(join(folder, `${chart.id}.svg`), onPaper(await draw(chart)));
  writeFileSync(join(folder, 'results.json'), `${JSON.stringify(machineReadable(rows), null, 1)}\n`);
  writeFileSync(join(root, 'docs/CALIBRATION.md'), page);
}
for (const miss of misses(rows)) console.error(`NOT MET: ${miss}`);
process.exitCode = !options.quick && misses(rows).length > 0 ? 1 : 0;

/** What a whole run has written. Throws where it was of other cells. */
function published(): Map<string, Counted> {
  const { cells: kept } = JSON.parse(readFileSync(join(root, 'docs/calibration/results.json'), 'utf8')) as {
    cells: { id: string; worlds: number; secondsPerWorld: number; tally: Counted['tally'] }[];
  };
  const found = new Map(
    kept.map(({ id, worlds, secondsPerWorld, tally }) => [id, { tally, seconds: worlds * secondsPerWorld }]),
  );
  const missing = asked.filter(({ cell }) => !found.has(cell.id));
  if (missing.length > 0) throw new Error(`results.json lacks ${missing.map(({ cell }) => cell.id).join(', ')}.`);
  return found;
}

async function runOpen(): Promise<void> {
  const started = performance.now();
  // Weight worlds cost about 30 times as much as score worlds; only for the time left.
  const cost = (cell: Cell): number => (cell.kind === 'score' ? 1 : 30);
  const total = open.reduce((sum, { cell, worlds }) => sum + worlds * cost(cell), 0);
  let done = 0;
  let told = 0;
  await work(
    open,
    Number(options.jobs ?? availableParallelism()),
    (cell, counted) => {
      results.set(cell.id, counted);
      writeFileSync(fileOf(cell, worldsOf(cell)), JSON.stringify(counted));
    },
    (cell, worlds) => {
      done += worlds * cost(cell);
      const seconds = (performance.now() - started) / 1000;
      if (seconds - told < 10) return;
      told = seconds;
      console.error(
        `${((100 * done) / total).toFixed(0)} %, ${cell.id}, about ${((seconds * (total - done)) / done / 60).toFixed(1)} min left`,
      );
    },
  );
}

function worldsOf(cell: Cell): number {
  if (options.quick) return cell.kind === 'score' ? 50 : 3;
  const limit = options.worlds === undefined ? Number.POSITIVE_INFINITY : Number(options.worlds);
  return Math.min(cell.worlds, cell.kind === 'score' ? limit : Math.max(1, Math.round(limit / 10)));
}

function fileOf(cell: Cell, worlds: number): string {
  const key = createHash('sha256')
    .update(JSON.stringify([code, plan.seed, cell, worlds]))
    .digest('hex')
    .slice(0, 24);
  return join(kept, `${key}.json`);
}

/** Everything a world goes through; a kept result is of this very code. */
function codeHash(): string {
  const hash = createHash('sha256');
  const files = globSync(
    [
      'src/{base,checkpoint,config,spectrum,diagnostics,harness,scores,families,dossier,findings,verdict}/**/*.ts',
      'bench/calibration/*.ts',
    ],
    { cwd: root },
  );
  for (const file of files.filter((name) => !/(page|charts)\.ts$/.test(name)).sort())
    hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/** The report's colours, for a picture that stands alone. */
function onPaper(svg: string): string {
  const values = {
    ink: '#1d1d1f',
    muted: '#5f6368',
    line: '#c9ccd1',
    paper: '#ffffff',
    targeted: '#b3261e',
    coverage: '#1a5fb4',
    other: '#6b5b95',
    zone: '#eef0f3',
  };
  const style = `<style>svg{${Object.entries(values)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';')};background:#fff}</style>`;
  return `${svg.replace(/^<svg\b([^>]*)>/, (_, rest: string) => `<svg xmlns="http://www.w3.org/2000/svg"${rest.replace(/ xmlns="[^"]*"/, '')}>${style}`)}\n`;
}

function machineReadable(all: readonly Result[]): unknown {
  return {
    seed: plan.seed,
    acceptance: plan.acceptance,
    cells: all.map(({ cell, worlds, tally, seconds }) => ({
      id: cell.id,
      worlds,
      secondsPerWorld: Number((seconds / worlds).toFixed(4)),
      planted: cell,
      tally,
    })),
    notMet: misses(all),
  };
}
