import { basename } from 'node:path';
import type { LeftOut, RawMetric, RawRun, RawTask } from '../raw-run.ts';
import type { ReadOptions } from '../reader.ts';
import { resultsModel } from './model-name.ts';
import { readSamples } from './read-samples.ts';
import { checkStamp, groupNames, leafTasks, type Results } from './results-file.ts';
import { runSettings } from './run-settings.ts';
import { maybeCount, maybeString, own } from './shape.ts';
import { taskWarnings } from './task-warnings.ts';

/** A results file that was found, parsed and checked. */
export interface FoundFile {
  readonly file: string;
  readonly sha256: string;
  readonly value: Results;
  /** Names of older results files beside it, which were not read. */
  readonly older: readonly string[];
}

/** Where lm-eval and its forks differ. */
export interface Dialect {
  readonly harness: string;
  readonly version: (results: Results) => string | null;
  /** ISO 8601, UTC; null where the file does not say. */
  readonly date: (results: Results) => string | null;
  readonly findSamples: (resultsFile: string, tasks: readonly string[]) => Promise<Map<string, string>>;
  readonly readMetrics: (results: Results, task: string, file: string) => { metrics: RawMetric[]; leftOut: LeftOut[] };
}

/**
 * One results file with the samples beside it, in the normal form.
 *
 * @param name what errors and artifacts call the file
 */
export async function readRun(
  { file, sha256, value: results, older }: FoundFile,
  name: string,
  options: ReadOptions,
  dialect: Dialect,
): Promise<RawRun> {
  checkStamp(results, options.fingerprint, name);
  const names = leafTasks(results);
  const sampleFiles = await dialect.findSamples(file, names);
  const prefix = name.slice(0, name.length - basename(file).length);
  const files = [{ name, sha256 }];
  const tasks: RawTask[] = [];
  const leftOut = [...older.map(olderFile), ...groupNames(results).map(group)];
  for (const task of names) {
    const { metrics, leftOut: notMetrics } = dialect.readMetrics(results, task, name);
    leftOut.push(...notMetrics);
    const outputType = maybeString(own(own(results.configs, task), 'output_type'));
    const sampleFile = sampleFiles.get(task);
    const read =
      sampleFile === undefined
        ? undefined
        : await readSamples(sampleFile, { metrics: metrics.map(({ metric }) => metric), outputType });
    if (sampleFile !== undefined && read) {
      files.push({ name: `${prefix}${basename(sampleFile)}`, sha256: read.sha256 });
      leftOut.push(...read.notScalar.map((metric) => perItem(task, metric)));
    }
    const documents = read && new Set(read.samples.map(({ docId }) => docId)).size;
    const counts = own(results['n-samples'], task);
    const n = maybeCount(own(counts, 'effective')) ?? documents ?? null;
    tasks.push({
      task,
      version: version(own(results.versions, task)),
      nShot: maybeCount(own(results['n-shot'], task)),
      outputType,
      hash: maybeString(own(results.task_hashes, task)),
      n,
      nOriginal: maybeCount(own(counts, 'original')),
      metrics,
      samples: read?.samples ?? [],
      warnings: taskWarnings(results, {
        task,
        metrics,
        n,
        samples: read?.samples,
        nonFinite: read?.nonFinite ?? 0,
        older,
      }),
    });
  }
  return {
    schemaVersion: '1.0',
    harness: dialect.harness,
    harnessVersion: dialect.version(results),
    model: resultsModel(results),
    suite: options.suite,
    fingerprint: options.fingerprint,
    settings: runSettings(results),
    date: dialect.date(results),
    files,
    tasks,
    leftOut,
  };
}

/** `1`, `1.0` and `"1.0"` are one version. */
function version(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string' || value === 'N/A') return null;
  return value.trim() !== '' && Number.isFinite(Number(value)) ? String(Number(value)) : value;
}

function olderFile(what: string): LeftOut {
  return { what, reason: 'an older results file of the same; the newest was taken' };
}

function group(what: string): LeftOut {
  return { what, reason: 'a group: its score repeats those of its members' };
}

function perItem(task: string, metric: string): LeftOut {
  return {
    what: `${metric} of each item of ${task}`,
    reason: 'no number between 0 and 1 for every item, so its mean is not the score',
  };
}
