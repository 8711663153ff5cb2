import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median } from 'simple-statistics';
import { printPdf } from '../src/print/pdf.ts';
import { makePlanted, sizes } from './report/make.ts';

/**
 * Time of the PDF of planted runs: `npm run bench:print [-- --size two,twenty,fifty] [--rounds 5] [--keep FOLDER]`.
 *
 * `command` is `skiagram report --format html,pdf` from start to end, a browser's start included; `print` is the PDF alone, from
 * HTML to bytes. Ends with code 1 where a median exceeds its budget or two rounds differ in a byte.
 */
const { values: options } = parseArgs({
  options: {
    size: { type: 'string', default: 'two,twenty' },
    rounds: { type: 'string', default: '5' },
    keep: { type: 'string' },
  },
});

/** Seconds that the issue allows for a PDF; none beyond twenty checkpoints. */
const budgets: Readonly<Record<string, number>> = { two: 3, twenty: 10 };
const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
const place = options.keep ?? mkdtempSync(join(tmpdir(), 'skiagram-bench-print-'));
let missed = 0;
for (const name of options.size.split(',')) {
  const size = sizes[name];
  if (!size) throw new Error(`There is no size ${name}; known: ${Object.keys(sizes).join(', ')}.`);
  const folder = join(place, name);
  if (!existsSync(join(folder, 'verdict.json'))) await makePlanted(folder, size);
  const [commands, prints, hashes]: [number[], number[], string[]] = [[], [], []];
  for (let round = 0; round < Number(options.rounds); round++) {
    let from = performance.now();
    execFileSync(process.execPath, [main, 'report', folder, '--format', 'html,pdf', '--quiet']);
    commands.push(performance.now() - from);
    hashes.push(
      createHash('sha256')
        .update(readFileSync(join(folder, 'report.pdf')))
        .digest('hex'),
    );
    from = performance.now();
    await printPdf(readFileSync(join(folder, 'report.html'), 'utf8'), { created: '2026-01-01T00:00:00.000Z' });
    prints.push(performance.now() - from);
  }
  const [command, print, budget] = [median(commands) / 1000, median(prints) / 1000, budgets[name]];
  const same = new Set(hashes).size === 1;
  const over = (budget !== undefined && command > budget) || !same;
  if (over) missed += 1;
  const bytes = readFileSync(join(folder, 'report.pdf'));
  console.log(
    `${name} (${size.checkpoints} checkpoints): ${(bytes.length / 1000).toFixed(0)} kB; command ${command.toFixed(2)} s${budget ? ` of ${budget}` : ''}; ` +
      `print ${print.toFixed(2)} s; ${same ? 'the same bytes every time' : 'BYTES DIFFER'}${over ? '  OVER BUDGET' : ''}`,
  );
}
console.log(`load of the machine: ${loadavg()[0]?.toFixed(1)}`);
if (options.keep === undefined) rmSync(place, { recursive: true, force: true });
process.exitCode = missed > 0 ? 1 : 0;
