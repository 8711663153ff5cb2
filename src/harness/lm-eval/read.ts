import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { RawRun, RawTask } from '../raw-run.ts';
import type { ReadOptions } from '../reader.ts';
import { findResults } from './find-results.ts';
import { findSamples } from './find-samples.ts';
import { readMetrics } from './read-metrics.ts';
import { readSamples } from './read-samples.ts';
import { checkStamp, leafTasks, type Results, resultsDate } from './results-file.ts';
import { runSettings } from './run-settings.ts';
import { maybeCount, maybeString, own } from './shape.ts';
import { taskWarnings } from './task-warnings.ts';

/**
 * Reads what lm-eval wrote about one checkpoint, live or recorded, into the normal form. Everything in the files is
 * untrusted: sizes are bounded, shapes checked, and no path of the machine that ran it is kept.
 *
 * @param path a results file, its folder, or the folder above
 * @throws SkiagramError `results-missing`, `results-ambiguous`, `results-unreadable`, `results-predict-only`,
 *   `fingerprint-mismatch`, `samples-duplicate`, `samples-unreadable`, `samples-too-large`
 */
export async function readLmEval(path: string, options: ReadOptions): Promise<RawRun> {
  const { file, bytes, value: results, older } = await findResults(path);
  const name = basename(file);
  checkStamp(results, options.fingerprint, name);

  const names = leafTasks(results);
  const sampleFiles = await findSamples(file, names);
  const files = [{ name, sha256: createHash('sha256').update(bytes).digest('hex') }];
  const tasks: RawTask[] = [];
  for (const task of names) {
    const metrics = readMetrics(results, task, name);
    const outputType = maybeString(own(own(results.configs, task), 'output_type'));
    const sampleFile = sampleFiles.get(task);
    const read =
      sampleFile === undefined
        ? undefined
        : await readSamples(sampleFile, { metrics: metrics.map(({ metric }) => metric), outputType });
    if (sampleFile !== undefined && read) files.push({ name: basename(sampleFile), sha256: read.sha256 });
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
    harness: 'lm-eval',
    harnessVersion: maybeString(results.lm_eval_version),
    suite: options.suite,
    fingerprint: options.fingerprint,
    settings: runSettings(results),
    date: isoDate(results),
    files,
    tasks,
  };
}

/** `1`, `1.0` and `"1.0"` are one version. */
function version(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string' || value === 'N/A') return null;
  return value.trim() !== '' && Number.isFinite(Number(value)) ? String(Number(value)) : value;
}

function isoDate(results: Results): string | null {
  const date = new Date(resultsDate(results) * 1000);
  return resultsDate(results) === 0 || Number.isNaN(date.getTime()) ? null : date.toISOString();
}
