import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { execa } from 'execa';
import { median } from 'simple-statistics';
import { parse, stringify } from 'yaml';
import type { Config } from '../src/config/config.ts';
import { findHarness } from '../src/pipeline/find-harness.ts';

/**
 * What the bridge costs: the same tasks on the same checkpoint with a bare `lm_eval run --config` and through `skiagram
 * evaluate`, in turn, each from nothing. Scores have to be the same numbers, to the last digit.
 *
 *     npm run bench:bridge -- [--rounds 5] [--hidden 512] [--tasks 36] [--batch-size 8] [--limit N] [--quick] [--python PATH]
 *
 * What the bridge adds is a matter of seconds, whatever the harness does in between, so it is measured on the example's tasks with a
 * model of `--hidden` width and random weights, for which a bare run takes about a minute; `--hidden 0` takes the tiny
 * checkpoint itself, which answers everything in the time that its imports take.
 *
 * The bare run asks for what a user would ask for: samples logged, no cache of answers. Skiagram's side opens and
 * fingerprints the weights twice, caches every answer, reads results and samples back and writes scores. `--quick` is one
 * round of two tasks with a limit, which says nothing about time and everything about scores.
 */
const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    tasks: { type: 'string', default: '36' },
    'batch-size': { type: 'string', default: '8' },
    limit: { type: 'string' },
    hidden: { type: 'string', default: '512' },
    quick: { type: 'boolean', default: false },
    python: { type: 'string' },
  },
});
const rounds = options.quick ? 1 : Number(options.rounds);
const tiny = resolve('examples/tiny');
const { python, version } = await findHarness(options.python, '.');
const folder = await mkdtemp(join(tmpdir(), 'skiagram-bench-bridge-'));
const example = parse(await readFile(join(tiny, 'skiagram.yaml'), 'utf8')) as Config;
const all = example.suites?.[0]?.tasks ?? [];
const tasks = options.quick ? ['tiny_sorting_late', 'tiny_brackets_round'] : all.slice(0, Number(options.tasks));
const limit = options.quick ? 20 : options.limit === undefined ? undefined : Number(options.limit);
const suite = {
  num_fewshot: 0,
  batch_size: Number(options['batch-size']),
  device: 'cpu',
  ...(limit === undefined ? {} : { limit }),
};

const hidden = options.quick ? 0 : Number(options.hidden);
const checkpoint = hidden === 0 ? join(tiny, 'checkpoints/base') : join(folder, 'model');
const parameters = hidden === 0 ? 970_000 : await larger();

const times: { bare: number; bridge: number }[] = [];
let compared = 0;
try {
  for (let round = 0; round < rounds; round++) {
    const place = join(folder, String(round));
    await mkdir(place);
    // Each goes first in every other round, so that a machine that warms up or tires favours neither.
    const order = round % 2 === 0 ? (['bare', 'bridge'] as const) : (['bridge', 'bare'] as const);
    const took = { bare: 0, bridge: 0 };
    for (const side of order) took[side] = await (side === 'bare' ? bare(place) : bridge(place));
    times.push(took);
    compared = sameScores(join(place, 'bare'), join(place, 'bridge/harness/base/bench'));
    console.log(`round ${round + 1}: bare ${seconds(took.bare)}, through Skiagram ${seconds(took.bridge)}`);
    await rm(place, { recursive: true, force: true });
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
const [bareMs, bridgeMs] = [median(times.map(({ bare: ms }) => ms)), median(times.map(({ bridge: ms }) => ms))];
const overhead = median(times.map(({ bare: before, bridge: after }) => after / before)) - 1;
console.log(`
lm-eval ${version}, ${(parameters / 1e6).toFixed(1)} M parameters, ${tasks.length} tasks, batch size ${suite.batch_size}, limit ${limit ?? 'none'}; ${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown CPU'}
median of ${rounds}: bare ${seconds(bareMs)}, through Skiagram ${seconds(bridgeMs)}; overhead ${seconds(bridgeMs - bareMs)}, ${(100 * (bridgeMs / bareMs - 1)).toFixed(1)} % (median of the rounds' ratios: ${(100 * overhead).toFixed(1)} %)
scores: ${compared} numbers of ${tasks.length} tasks equal to the last digit`);

/** Writes the model of `--hidden` width; returns its number of parameters. */
async function larger(): Promise<number> {
  const script = resolve('bench/larger_model.py');
  const { stdout } = await execa(python, [script, join(tiny, 'checkpoints/base'), checkpoint, String(hidden)]);
  return Number(stdout.trim().split('\n').at(-1));
}

/** Milliseconds of one bare run. */
async function bare(place: string): Promise<number> {
  const file = join(place, 'run.yaml');
  await writeFile(
    file,
    stringify(
      {
        model: 'hf',
        model_args: { pretrained: checkpoint, dtype: 'float32' },
        tasks,
        include_path: join(tiny, 'tasks'),
        ...suite,
        output_path: join(place, 'bare', 'results.json'),
        log_samples: true,
      },
      { version: '1.1' },
    ),
  );
  return timed(python, ['-m', 'lm_eval', 'run', '--config', file]);
}

/** Milliseconds of the same through the command line, from a fresh run folder. */
async function bridge(place: string): Promise<number> {
  const file = join(place, 'skiagram.yaml');
  const config = {
    checkpoints: [{ id: 'base', path: checkpoint }],
    offline: true,
    families: join(tiny, 'families.yaml'),
    suites: [{ id: 'bench', harness: 'lm-eval', include_path: join(tiny, 'tasks'), dtype: 'float32', ...suite, tasks }],
  };
  await writeFile(file, stringify(config));
  return timed(process.execPath, [
    resolve('src/cli/main.ts'),
    ...['evaluate', file, '--out', join(place, 'bridge'), '--python', python, '--json'],
  ]);
}

async function timed(program: string, args: readonly string[]): Promise<number> {
  const start = performance.now();
  const offline = { HF_HUB_OFFLINE: '1', HF_DATASETS_OFFLINE: '1', TRANSFORMERS_OFFLINE: '1' };
  const env = { ...offline, TOKENIZERS_PARALLELISM: 'false', HF_HOME: join(folder, 'hf') };
  const result = await execa(program, [...args], { cwd: join(tiny, 'tasks'), env, reject: false, stdin: 'ignore' });
  if (result.exitCode !== 0)
    throw new Error(`${program} ${args.join(' ')} ended with ${result.exitCode}:\n${result.stderr.slice(-3000)}`);
  return performance.now() - start;
}

/** Compares every metric of every task; throws at the first that differs, else says how many numbers there were. */
function sameScores(one: string, other: string): number {
  const [left, right] = [resultsIn(one), resultsIn(other)];
  if (!isDeepStrictEqual(Object.keys(left).sort(), Object.keys(right).sort())) throw new Error('other tasks');
  let numbers = 0;
  for (const [task, metrics] of Object.entries(left)) {
    if (!isDeepStrictEqual(metrics, right[task]))
      throw new Error(`${task}: ${JSON.stringify(metrics)} bare, ${JSON.stringify(right[task])} through Skiagram`);
    numbers += Object.values(metrics).filter((value) => typeof value === 'number').length;
  }
  if (numbers === 0) throw new Error('there are no scores');
  return numbers;
}

function resultsIn(place: string): Record<string, Record<string, unknown>> {
  const name = readdirSync(place).find((entry) => /^results_.*\.json$/.test(entry));
  if (name === undefined) throw new Error(`no results in ${place}`);
  return (JSON.parse(readFileSync(join(place, name), 'utf8')) as { results: Record<string, Record<string, unknown>> })
    .results;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
