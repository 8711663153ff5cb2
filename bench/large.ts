import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { sampleMemory } from './measured-child.ts';
import { mixes } from './mix.ts';
import { writeLarge } from './write-large.ts';

/**
 * A checkpoint of the shape of Qwen3-4B (36 layers, embedding 151936 × 2560, norms; bfloat16, 8 GB in shards) is written, diagnosed,
 * killed at a random moment, and diagnosed again. Checks that no more than 2 GB of anonymous memory were held and that what
 * was finished before the kill was read back, not computed again. Linux only; exit code 1 where a check fails.
 *
 *     npm run bench:large -- [--layers 36] [--jobs N] [--engine native] [--vocabulary 151936] [--folder DIR]
 *
 * `--layers 1 --vocabulary 4000` is for CI. The checkpoint and the cache are removed at the end.
 */
const { values: options } = parseArgs({
  options: {
    layers: { type: 'string' },
    jobs: { type: 'string' },
    engine: { type: 'string' },
    folder: { type: 'string' },
    vocabulary: { type: 'string' },
  },
});
const layers = Number(options.layers ?? 36);
const vocabulary = Number(options.vocabulary ?? 151_936);
const limit = 2e9;
const folder = mkdtempSync(join(options.folder ?? tmpdir(), 'skiagram-large-'));
const [checkpoint, cache] = [join(folder, 'checkpoint'), join(folder, 'cache')];
let child: ChildProcess | undefined;
process.on('exit', () => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

const { bavail, bsize } = statfsSync(folder);
if (bavail * bsize < 1e9 + layers * 2.1e8 + 8e8) throw new Error(`${folder} has too little room for ${layers} layers.`);
const bytes = writeLarge(checkpoint, { layers, shapes: mixes['4B'], hidden: 2560, vocabulary });
const matrices = 7 * layers + 1;
say(`wrote ${gigabytes(bytes)} in ${readdirSync(checkpoint).length - 2} shards, ${matrices} matrices`);

// Killed once between one and two thirds of the results are kept, or at once where that is none.
const killAt = Math.max(1, Math.floor(matrices * (1 / 3 + Math.random() / 3)));
const first = await run(killAt);
const kept = results().length;
say(
  `killed after ${first.seconds.toFixed(1)} s with ${kept} of ${matrices} results kept; ${gigabytes(first.anonymous)} anonymous at most`,
);

const second = await run();
const [, computed, reused] = /(\d+) computed, (\d+) from/.exec(second.stderr)?.map(Number) ?? [0, 0, 0];
say(
  `went on in ${second.seconds.toFixed(1)} s: ${computed} computed, ${reused} read back; ${gigabytes(second.anonymous)} anonymous at most, ${gigabytes(second.peak)} resident`,
);

const checks: readonly [string, boolean][] = [
  ['the second run ended well', second.code === 0],
  ['every result that was kept was read back', reused === kept],
  [
    'computed and read back make up the whole',
    (computed ?? 0) + (reused ?? 0) === matrices && results().length === matrices,
  ],
  [`anonymous memory stayed within ${gigabytes(limit)}`, Math.max(first.anonymous, second.anonymous) <= limit],
  ['memory was measured at all', second.anonymous > 0],
];
for (const [what, holds] of checks) console.log(`${holds ? 'ok    ' : 'FAILED'} ${what}`);
if (second.code !== 0) console.log(second.stderr);
process.exitCode = checks.every(([, holds]) => holds) ? 0 : 1;

interface Ended {
  readonly code: number | null;
  readonly seconds: number;
  readonly peak: number;
  readonly anonymous: number;
  readonly stderr: string;
}

/** One `skiagram diagnose` of its own; killed outright once `until` results are kept, a random moment later. */
async function run(until?: number): Promise<Ended> {
  const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
  const flags = ['--json', '--cache', cache, '--engine', options.engine ?? 'auto'];
  const start = performance.now();
  const running = spawn(
    process.execPath,
    [main, 'diagnose', checkpoint, ...flags, ...(options.jobs === undefined ? [] : ['--jobs', options.jobs])],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  child = running;
  let stderr = '';
  running.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    process.stderr.write(text);
  });
  const memory = sampleMemory(running.pid ?? 0);
  const ended = new Promise<number | null>((resolve) => running.once('close', resolve));
  if (until !== undefined) {
    while (running.exitCode === null && results().length < until) await sleep(20);
    await sleep(Math.random() * 1000);
    running.kill('SIGKILL');
  }
  const code = await ended;
  return { code, seconds: (performance.now() - start) / 1000, ...memory.stop(), stderr };
}

/** Whole results in the cache folder; what a kill left half written has another name. */
function results(): string[] {
  if (!existsSync(cache)) return [];
  return readdirSync(cache, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.f64'));
}

function gigabytes(count: number): string {
  return `${(count / 1e9).toFixed(2)} GB`;
}

function say(text: string): void {
  console.log(`${new Date().toISOString().slice(11, 19)}  ${text}`);
}
