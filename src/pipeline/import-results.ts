import { resolve } from 'node:path';
import { didYouMean } from '../base/did-you-mean.ts';
import { exitCodes, SkiagramError } from '../base/error.ts';
import type { ResultFormat } from '../base/result-formats.ts';
import type { TableMapping } from '../base/table-mapping.ts';
import { mergeRuns } from '../harness/merge-runs.ts';
import type { LeftOut, RawRun } from '../harness/raw-run.ts';
import { readers } from '../harness/readers.ts';
import { recognise } from '../harness/recognise.ts';
import { openSource } from '../harness/source/open-source.ts';

/** Which results are to be read, and as what. */
export interface ImportRequest {
  /** Files, folders or patterns (`./vlm/*.csv`), relative to `folder`. */
  readonly paths: readonly string[];
  readonly folder: string;
  readonly suite: string;
  /** Fingerprint of the weights they are counted for; null where nobody vouches for it. */
  readonly fingerprint: string | null;
  readonly format?: ResultFormat | undefined;
  /** Which of several models in the files. */
  readonly model?: string | undefined;
  /** Keep these tasks only. */
  readonly tasks?: readonly string[] | undefined;
  readonly mapping?: TableMapping | undefined;
  /** What numbers are counted in whose source does not say so. */
  readonly scale?: 'proportion' | 'percent' | 'points' | undefined;
}

/** What was read of one checkpoint. */
export interface Imported {
  /** One run for each setting under which the model was scored; no task twice. */
  readonly runs: readonly RawRun[];
  readonly formats: readonly ResultFormat[];
  /** Files that hold results, and things in them that were not taken over. */
  readonly leftOut: readonly LeftOut[];
}

/**
 * Reads results of other harnesses: finds the files, recognises their formats by content, reads them into the normal
 * form and joins what belongs together.
 *
 * @throws SkiagramError `results-missing`, `format-unknown`, `format-ambiguous`, `models-several`, `model-missing`,
 *   `task-missing`, `task-twice`, and what the readers throw
 */
export async function importResults(request: ImportRequest): Promise<Imported> {
  const formats = new Set<ResultFormat>();
  const leftOut: LeftOut[] = [];
  const read: RawRun[] = [];
  for (const path of await expanded(request)) {
    const source = await openSource(path);
    const { format, heads } = await recognise(source, request.format);
    formats.add(format);
    leftOut.push(...source.leftOut);
    const { suite, fingerprint, mapping } = request;
    const options = { suite, fingerprint, ...(mapping === undefined ? {} : { mapping }) };
    read.push(...(await readers[format].read(heads, source, options)));
  }
  const runs = withTasks(mergeRuns(ofModel(read, request.model)), request.tasks).map((run) =>
    withScale(run, request.scale),
  );
  refuseTwice(runs);
  return { runs, formats: [...formats], leftOut: [...leftOut, ...runs.flatMap((run) => run.leftOut ?? [])] };
}

/** Paths as they are; patterns as the paths that match, in order of their names. */
async function expanded({ paths, folder }: ImportRequest): Promise<string[]> {
  const { glob, isDynamicPattern } = await import('tinyglobby');
  const found: string[] = [];
  for (const path of paths) {
    if (!isDynamicPattern(path)) {
      found.push(resolve(folder, path));
      continue;
    }
    const matches = await glob(path, { cwd: folder, absolute: true, onlyFiles: true, followSymbolicLinks: false });
    if (matches.length === 0)
      throw new SkiagramError({
        code: 'results-missing',
        message: `Nothing matches ${path} in ${folder}.`,
        hint: 'Check the pattern; it is relative to the config, or to where you are.',
      });
    found.push(...matches.sort());
  }
  return found;
}

/** The runs of the model that was asked for; of the only one where none was. */
function ofModel(runs: readonly RawRun[], model: string | undefined): RawRun[] {
  const names = [...new Set(runs.map((run) => run.model ?? null))].filter((name) => name !== null).sort();
  if (model === undefined) {
    if (names.length <= 1) return [...runs];
    throw new SkiagramError({
      code: 'models-several',
      message: `The files hold results of ${names.length} models: ${names.slice(0, 12).join(', ')}${names.length > 12 ? ', …' : ''}.`,
      hint: 'Name one: --model NAME, or `models: {checkpoint: NAME}` in the suite.',
      exitCode: exitCodes.usage,
    });
  }
  const chosen = runs.filter((run) => (run.model ?? null) === model);
  if (chosen.length > 0) return chosen;
  const meant = didYouMean(model, names);
  throw new SkiagramError({
    code: 'model-missing',
    message: `The files hold no results of model "${model}".`,
    hint: meant ? `Did you mean "${meant}"?` : `They hold: ${names.join(', ') || 'a model without a name'}.`,
    exitCode: exitCodes.usage,
  });
}

function withTasks(runs: readonly RawRun[], tasks: readonly string[] | undefined): RawRun[] {
  if (tasks === undefined) return [...runs];
  const held = new Set(runs.flatMap((run) => run.tasks.map(({ task }) => task)));
  const missing = tasks.find((task) => !held.has(task));
  if (missing !== undefined)
    throw new SkiagramError({
      code: 'task-missing',
      message: `The files hold no task "${missing}".`,
      hint: `They hold: ${[...held].slice(0, 20).join(', ')}${held.size > 20 ? `, … (${held.size})` : ''}.`,
    });
  const wanted = new Set(tasks);
  return runs
    .map((run) => ({
      ...run,
      tasks: run.tasks.filter(({ task }) => wanted.has(task)),
      leftOut: [
        ...(run.leftOut ?? []),
        ...run.tasks
          .filter(({ task }) => !wanted.has(task))
          .map(({ task }) => ({ what: task, reason: 'the suite does not name it' })),
      ],
    }))
    .filter((run) => run.tasks.length > 0);
}

/** The unit that the user states, for numbers of which the source states none. */
function withScale(run: RawRun, scale: ImportRequest['scale']): RawRun {
  if (scale === undefined) return run;
  return {
    ...run,
    tasks: run.tasks.map((task) => ({
      ...task,
      metrics: task.metrics.map((metric) => (metric.unit === 'unknown' ? { ...metric, unit: scale } : metric)),
    })),
  };
}

/** Under two settings one task has two scores, and nobody but the user can say which one is meant. */
function refuseTwice(runs: readonly RawRun[]): void {
  const owner = new Map<string, RawRun>();
  for (const run of runs) {
    for (const { task } of run.tasks) {
      const other = owner.get(task);
      if (other) throw twice(task, other, run);
      owner.set(task, run);
    }
  }
}

function twice(task: string, one: RawRun, two: RawRun): SkiagramError {
  const differing = [...new Set([...Object.keys(one.settings), ...Object.keys(two.settings)])].filter(
    (key) => (one.settings[key] ?? null) !== (two.settings[key] ?? null),
  );
  const how = [
    ...(one.harness === two.harness ? [] : [`harness ${one.harness} and ${two.harness}`]),
    ...(one.harnessVersion === two.harnessVersion ? [] : [`version ${one.harnessVersion} and ${two.harnessVersion}`]),
    ...differing.map((key) => `${key} ${one.settings[key] ?? 'none'} and ${two.settings[key] ?? 'none'}`),
  ];
  const [first, second] = [one, two].map((run) => run.files[0]?.name);
  return new SkiagramError({
    code: 'task-twice',
    message: `Task "${task}" was scored twice, in ${first} and ${second}${how.length > 0 ? `, with different settings (${how.join('; ')})` : ''}.`,
    hint: 'Import the one you mean, or name the tasks to keep.',
  });
}
