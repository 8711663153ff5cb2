import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median } from 'simple-statistics';

/**
 * How long the short commands take from start to end: `npm run bench:start [-- --rounds 9] [--quick]`. The gate is asked of a finished run of the
 * example family. Ends with code 1 where a median exceeds its budget, unless it was `--quick`, which is one round to see that all of it works. The first round fills Node's cache of compiled code and is
 * not counted.
 */
const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '9' }, quick: { type: 'boolean', default: false } },
});

const rounds = options.quick ? 1 : Number(options.rounds);
const root = fileURLToPath(new URL('..', import.meta.url));
const place = mkdtempSync(join(tmpdir(), 'skiagram-bench-start-'));
const run = join(place, 'run');
const skiagram = (...line: string[]): number => {
  const from = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'src/cli/main.ts'), ...line], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`skiagram ${line.join(' ')} ended with ${status}: ${stderr}`);
  return performance.now() - from;
};

/** Budgets of the median, milliseconds; none where the issue names none. */
const cases: readonly { line: readonly string[]; budget?: number }[] = [
  { line: ['--version'], budget: 150 },
  { line: ['gate', run, '--policy', join(root, 'examples/tiny/policy.yaml')], budget: 400 },
  { line: ['card', run] },
  { line: ['report', run, '--format', 'html'] },
  { line: ['leaderboard', run, '--out', join(place, 'board')] },
  { line: ['explain', 'benchmark-shadow'] },
];
try {
  skiagram('run', join(root, 'examples/tiny/recorded.yaml'), '--out', run, '--format', 'json', '--quiet');
  let missed = 0;
  for (const { line, budget } of cases) {
    skiagram(...line);
    const time = median(Array.from({ length: rounds }, () => skiagram(...line)));
    const over = budget !== undefined && time > budget;
    if (over) missed += 1;
    console.log(
      `${(line[0] ?? '').padEnd(12)} ${time.toFixed(0).padStart(5)} ms${budget ? ` of ${budget}` : ''}${over ? '  OVER BUDGET' : ''}`,
    );
  }
  console.log(`medians of ${rounds}; load of the machine: ${loadavg()[0]?.toFixed(1)}`);
  process.exitCode = missed > 0 && !options.quick ? 1 : 0;
} finally {
  rmSync(place, { recursive: true, force: true });
}
