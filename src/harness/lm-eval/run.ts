import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { SkiagramError } from '../../base/error.ts';
import { type Ended, runGuarded } from '../../process/guarded.ts';
import { watchedModule } from '../../process/watchdog.ts';
import { checkOutput, outputUnwritable } from './check-output.ts';
import { lmEvalEnvironment } from './environment.ts';
import { lmEvalError } from './errors.ts';
import { resultsFiles } from './find-results.ts';
import { suggestTasks } from './known-tasks.ts';
import { type HarnessProgress, isBar, progressParser } from './progress.ts';
import { runYaml } from './run-yaml.ts';
import { includePaths, type LmEvalSettings } from './settings.ts';
import { weightArguments } from './weights.ts';

export interface LmEvalRun {
  /** Path of a Python that has lm_eval. */
  readonly python: string;
  readonly checkpointPath: string;
  /** Path of the model that an adapter at `checkpointPath` belongs to. */
  readonly basePath?: string | undefined;
  /** What `{checkpoint}` in model arguments stands for. */
  readonly checkpointId?: string;
  readonly settings: LmEvalSettings;
  /** Made where missing; gets run.yaml, stdout.log, stderr.log, the results and the samples. */
  readonly outputDir: string;
  /** Folder of the answer cache with which a killed run goes on. One per fingerprint and settings: its keys hold neither. */
  readonly cacheDir?: string;
  /** Written into the results; `readLmEval` refuses results stamped with another one. */
  readonly fingerprint?: string;
  readonly hfHome?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: HarnessProgress) => void;
  /** Milliseconds between SIGTERM and SIGKILL. */
  readonly graceMs?: number;
}

/** Absolute paths of what a run wrote. */
export interface LmEvalFiles {
  /** The folder to give to `readLmEval`: the results file itself, so that older ones beside it do not matter. */
  readonly results: string;
  readonly samples: readonly string[];
  readonly stdout: string;
  readonly stderr: string;
  readonly runYaml: string;
}

/** Pieces of stderr that are kept for the error: enough for the frames of a deep traceback. */
const maxKeptLines = 400;

/**
 * Runs lm-eval on one checkpoint in a process group of its own. Success is exit code 0 *and* exactly one new results
 * file that parses *and* covers every requested task: lm-eval exits with 0 when it could not write its scores.
 *
 * Everything is written at the end, so a killed run leaves no partial results; `cacheDir` keeps its answers.
 *
 * @throws SkiagramError with a code of `lmEvalError`, or `harness-output-unwritable`, `harness-output-incomplete`,
 *   `device-unavailable`; rejects with the signal's reason when aborted. No process of the group is left in any case.
 */
export async function runLmEval(run: LmEvalRun): Promise<LmEvalFiles> {
  run.signal?.throwIfAborted();
  const outputDir = resolve(run.outputDir);
  const files = {
    stdout: join(outputDir, 'stdout.log'),
    stderr: join(outputDir, 'stderr.log'),
    runYaml: join(outputDir, 'run.yaml'),
  };
  await prepare(run, outputDir, files.runYaml);
  const before = new Set(await resultsFiles(outputDir));

  const { ended, stderr, fellBack } = await spawn(run, outputDir, files);
  run.signal?.throwIfAborted();
  if (fellBack) throw deviceUnavailable(run.settings);
  if (ended.by !== 'itself' || ended.exitCode !== 0)
    throw await withSuggestions(
      lmEvalError({
        ended,
        stderr,
        python: run.python,
        checkpointPath: run.checkpointPath,
        model: run.settings.model,
        timeoutMs: run.settings.timeoutMs,
        stderrFile: files.stderr,
      }),
      run,
    );

  const results = (await resultsFiles(outputDir)).filter((file) => !before.has(file));
  return { ...files, ...(await checkOutput(results, run.settings.tasks, outputDir, stderr)) };
}

async function prepare(run: LmEvalRun, outputDir: string, runFile: string): Promise<void> {
  for (const folder of includePaths(run.settings))
    if (!(await stat(folder).catch(() => undefined))?.isDirectory())
      throw new SkiagramError({
        code: 'task-folder-missing',
        message: `include_path of suite '${run.settings.suite}' is no folder: ${folder}`,
        hint: 'Name the folder that holds the task files.',
      });
  const weights = await weightArguments(run.settings.model, { path: run.checkpointPath, base: run.basePath });
  try {
    await mkdir(outputDir, { recursive: true });
    if (run.cacheDir !== undefined) await mkdir(run.cacheDir, { recursive: true });
    const text = runYaml(run.settings, {
      weights,
      names: { path: run.checkpointPath, checkpoint: run.checkpointId },
      outputDir,
      cachePrefix: run.cacheDir === undefined ? undefined : join(run.cacheDir, 'answers'),
      stamp: run.fingerprint === undefined ? undefined : { fingerprint: run.fingerprint },
    });
    await writeFile(runFile, text);
  } catch (cause) {
    if (cause instanceof SkiagramError) throw cause;
    throw outputUnwritable(outputDir, cause);
  }
}

/** Runs the process; `fellBack` when lm-eval went to another device than the one it was told, which it does silently. */
async function spawn(
  run: LmEvalRun,
  outputDir: string,
  files: { stdout: string; stderr: string; runYaml: string },
): Promise<{ ended: Ended; stderr: string[]; fellBack: boolean }> {
  const stderr: string[] = [];
  const parse = progressParser();
  const refusal = new AbortController();
  const ended = await runGuarded({
    file: run.python,
    args: watchedModule('skiagram_lm_eval', ['run', '--config', files.runYaml]),
    cwd: resolve(includePaths(run.settings)[0] ?? outputDir),
    env: lmEvalEnvironment(run.settings, { hfHome: run.hfHome }),
    stdoutFile: files.stdout,
    stderrFile: files.stderr,
    signal: run.signal === undefined ? refusal.signal : AbortSignal.any([run.signal, refusal.signal]),
    timeoutMs: run.settings.timeoutMs,
    graceMs: run.graceMs,
    onPiece(piece, { stream, complete }) {
      if (stream === 'stdout') return;
      const progress = complete || isBar(piece) ? parse(piece) : undefined;
      if (progress) run.onProgress?.(progress);
      if (!complete || isBar(piece)) return;
      if (stderr.push(piece) > maxKeptLines) stderr.shift();
      if (piece.includes('[models.huggingface') && piece.endsWith('Device not specified')) refusal.abort();
    },
  });
  return { ended, stderr, fellBack: refusal.signal.aborted };
}

/** Adds to an error about unknown tasks the names that were probably meant. */
async function withSuggestions(error: SkiagramError, { python, settings }: LmEvalRun): Promise<SkiagramError> {
  if (error.code !== 'task-unknown') return error;
  const names = [...error.message.matchAll(/'([^']+)'/g)].flatMap(([, name]) => name ?? []);
  const meant = await suggestTasks(names, { python, includePaths: includePaths(settings) });
  if (meant.size === 0) return error;
  const text = [...meant].map(([name, known]) => `"${known}" for "${name}"`).join(', ');
  return new SkiagramError({
    code: error.code,
    message: error.message,
    hint: `Did you mean ${text}? ${error.hint ?? ''}`.trim(),
    ...(error.cause === undefined ? {} : { cause: error.cause }),
  });
}

function deviceUnavailable({ suite, device = 'cpu' }: LmEvalSettings): SkiagramError {
  return new SkiagramError({
    code: 'device-unavailable',
    message: `Suite '${suite}' asks for device '${device}', which this machine does not have; lm-eval was about to use another one.`,
    hint: 'Set `device: cpu`, or a device that `torch` can see.',
  });
}
