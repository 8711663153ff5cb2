import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median } from 'simple-statistics';
import { measured } from './measured-child.ts';
import { makePlanted, sizes } from './report/make.ts';

/**
 * Size and time of the HTML report of planted runs: `npm run bench:report [-- --size two,twenty,fifty] [--rounds 5] [--keep FOLDER]`.
 *
 * `render` is from documents to report.html in a fresh process after its imports; `command` is `skiagram report --format html`
 * from start to end. Ends with code 1 where a median exceeds its budget. `--keep` keeps the planted runs for the next time.
 */
const { values: options } = parseArgs({
  options: {
    size: { type: 'string', default: 'two,twenty' },
    rounds: { type: 'string', default: '5' },
    keep: { type: 'string' },
  },
});

/** Budgets of the median; none beyond twenty checkpoints. */
const budgets: Readonly<Record<string, { bytes: number; seconds: number }>> = {
  two: { bytes: 400_000, seconds: 0.5 },
  twenty: { bytes: 1_500_000, seconds: 2 },
};
const root = fileURLToPath(new URL('..', import.meta.url));
const place = options.keep ?? mkdtempSync(join(tmpdir(), 'skiagram-bench-report-'));
let missed = 0;
for (const name of options.size.split(',')) {
  const size = sizes[name];
  if (!size) throw new Error(`There is no size ${name}; known: ${Object.keys(sizes).join(', ')}.`);
  const folder = join(place, name);
  if (!existsSync(join(folder, 'verdict.json'))) await makePlanted(folder, size);
  const renders: { milliseconds: number; processor: number; bytes: number }[] = [];
  const commands: number[] = [];
  for (let round = 0; round < Number(options.rounds); round++) {
    renders.push(
      (await measured<(typeof renders)[number]>(process.execPath, [join(root, 'bench/report/render-once.ts'), folder]))
        .result,
    );
    const from = performance.now();
    execFileSync(process.execPath, [join(root, 'src/cli/main.ts'), 'report', folder, '--format', 'html', '--quiet']);
    commands.push(performance.now() - from);
  }
  const bytes = renders[0]?.bytes ?? 0;
  const seconds = median(renders.map(({ milliseconds }) => milliseconds)) / 1000;
  const budget = budgets[name];
  const over = budget !== undefined && (bytes > budget.bytes || seconds > budget.seconds);
  if (over) missed += 1;
  console.log(
    `${name} (${size.checkpoints} checkpoints, ${size.suite.families * size.suite.tasks} tasks, ${size.layers} layers): ` +
      `${(bytes / 1000).toFixed(0)} kB${budget ? ` of ${budget.bytes / 1000}` : ''}; ` +
      `render ${seconds.toFixed(2)} s${budget ? ` of ${budget.seconds}` : ''} (processor ${(median(renders.map(({ processor }) => processor)) / 1000).toFixed(2)} s); ` +
      `command ${(median(commands) / 1000).toFixed(2)} s${over ? '  OVER BUDGET' : ''}`,
  );
}
console.log(`load of the machine: ${loadavg()[0]?.toFixed(1)}`);
if (options.keep === undefined) rmSync(place, { recursive: true, force: true });
process.exitCode = missed > 0 ? 1 : 0;
