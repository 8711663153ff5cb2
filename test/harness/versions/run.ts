import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { execa } from 'execa';
import { probeHarness, supportedLmEval } from '../../../src/harness/lm-eval/python.ts';
import { readLmEval } from '../../../src/harness/lm-eval/read.ts';
import { runLmEval } from '../../../src/harness/lm-eval/run.ts';
import type { RawRun } from '../../../src/harness/raw-run.ts';
import { venvPython } from '../../../src/process/python.ts';

/**
 * Runs the same tiny tasks with the oldest and the newest supported lm-eval, reads both, and compares them: scores, answers,
 * versions and settings have to be the same.
 *
 *     npm run test:harness-versions -- [--old VENV] [--new VENV] [--record]
 *
 * The old environment (`.venv-lmeval-old` when left out) is made where missing: lm-eval 0.4.10 alone, over the packages of the
 * new one. `--record` keeps what the old end wrote as the fixture that test/harness/lm-eval/oldest.test.ts reads.
 */
const { values: options } = parseArgs({
  options: {
    old: { type: 'string', default: '.venv-lmeval-old' },
    new: { type: 'string', default: '.venv' },
    record: { type: 'boolean', default: false },
  },
});
const oldest = '0.4.10';
const tiny = resolve('examples/tiny');
const newPython = venvPython(resolve(options.new));
const oldPython = await oldEnvironment(resolve(options.old), newPython);
const folder = await mkdtemp(join(tmpdir(), 'skiagram-versions-'));
process.on('exit', () => void rm(folder, { recursive: true, force: true }));

const [before, after] = [await scored(oldPython, 'old'), await scored(newPython, 'new')];
console.log(`supported: ${supportedLmEval}; run: ${before.harnessVersion} and ${after.harnessVersion}`);
let failed = 0;
if (before.harnessVersion !== oldest) fail(`the old end is ${before.harnessVersion}, not ${oldest}`);
for (const task of after.tasks) {
  const other = before.tasks.find(({ task: name }) => name === task.task);
  const differing = Object.entries(task).filter(
    ([key, value]) => !isDeepStrictEqual(value, other?.[key as keyof typeof task]),
  );
  for (const [key, value] of differing)
    fail(
      `${task.task}: ${key} is ${shown(other?.[key as keyof typeof task])} with the old end, ${shown(value)} with the new`,
    );
  if (differing.length === 0)
    console.log(`ok ${task.task}: ${task.metrics.map(({ metric, value }) => `${metric} ${value}`).join(', ')}`);
}
for (const [key, value] of Object.entries(after.settings))
  if (key !== 'lm_eval_version' && value !== before.settings[key])
    fail(`setting ${key} is ${before.settings[key]} with the old end, ${value} with the new`);
if (options.record) await record(join(folder, 'old'));
await rm(folder, { recursive: true, force: true });
console.log(`${after.tasks.length + 1 - Math.min(failed, after.tasks.length + 1)} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

async function scored(python: string, name: string): Promise<RawRun> {
  const versions = await probeHarness(python);
  if (!versions?.supported) throw new Error(`${python} has no supported lm-eval`);
  const outputDir = join(folder, name);
  await runLmEval({
    python,
    checkpointPath: join(tiny, 'checkpoints/base'),
    settings: {
      suite: 'ends',
      model: 'hf',
      tasks: ['tiny_sorting_late', 'tiny_brackets_round'],
      includePath: [join(tiny, 'tasks')],
      numFewshot: 0,
      batchSize: 8,
      dtype: 'float32',
      limit: 8,
      seed: 5,
      offline: true,
    },
    outputDir,
    cacheDir: join(folder, `${name}-answers`),
    fingerprint: 'f00d',
    hfHome: join(folder, 'hf'),
  });
  return readLmEval(outputDir, { suite: 'ends', fingerprint: 'f00d' });
}

async function oldEnvironment(venv: string, shared: string): Promise<string> {
  const python = venvPython(venv);
  if (existsSync(python)) return python;
  console.log(`making ${venv} with lm-eval ${oldest} …`);
  await execa(shared, ['-m', 'venv', venv]);
  const paths = ['-c', 'import sysconfig; print(sysconfig.get_paths()["purelib"])'];
  const [own, packages] = [(await execa(python, paths)).stdout, (await execa(shared, paths)).stdout];
  await writeFile(join(String(own), 'shared.pth'), `${packages}\n`);
  await execa(python, ['-m', 'pip', 'install', '--quiet', '--no-deps', `lm_eval==${oldest}`]);
  return python;
}

/** Keeps the results of the old end without what belongs to this machine. */
async function record(from: string): Promise<void> {
  const target = resolve(`test/harness/fixtures/lm-eval-${oldest}`);
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  for (const name of await readdir(from)) {
    if (/^samples_/.test(name)) await cp(join(from, name), join(target, name));
    if (!/^results_.*json$/.test(name)) continue;
    const text = await readFile(join(from, name), 'utf8');
    const emptied = new Set(['pretty_env_info', 'git_hash', 'upper_git_hash']);
    const kept = JSON.parse(text, (key, value: unknown) =>
      emptied.has(key)
        ? null
        : typeof value === 'string'
          ? value.replaceAll(`${tiny}/`, './').replaceAll(folder, 'run')
          : value,
    );
    await writeFile(join(target, name), `${JSON.stringify(kept, null, 2)}\n`);
  }
}

function fail(message: string): void {
  failed++;
  console.log(`FAILED ${message}`);
}

function shown(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 160) ?? 'nothing';
}
