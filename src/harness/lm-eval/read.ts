import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { RawRun } from '../raw-run.ts';
import type { ReadOptions } from '../reader.ts';
import { findResults } from './find-results.ts';
import { findSamples } from './find-samples.ts';
import { readMetrics } from './read-metrics.ts';
import { type Dialect, type FoundFile, readRun } from './read-run.ts';
import { resultsDate } from './results-file.ts';
import { maybeString } from './shape.ts';

/**
 * Reads what lm-eval wrote about one checkpoint, live or recorded, into the normal form. Everything in the files is
 * untrusted: sizes are bounded, shapes checked, and no path of the machine that ran it is kept.
 *
 * @param path a results file, its folder, or the folder above
 * @throws SkiagramError `results-missing`, `results-ambiguous`, `results-malformed`, `results-too-large`,
 *   `results-predict-only`, `fingerprint-mismatch`, `samples-duplicate`, `samples-unreadable`, `samples-too-large`
 */
export async function readLmEval(path: string, options: ReadOptions): Promise<RawRun> {
  const { file, bytes, value, older } = await findResults(path);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return readLmEvalFile({ file, sha256, value, older }, basename(file), options);
}

/** Reads one results file that was found and parsed, with the samples beside it. Throws as `readLmEval` does. */
export function readLmEvalFile(found: FoundFile, name: string, options: ReadOptions): Promise<RawRun> {
  return readRun(found, name, options, lmEvalDialect);
}

const lmEvalDialect: Dialect = {
  harness: 'lm-eval',
  version: (results) => maybeString(results.lm_eval_version),
  date(results) {
    const date = new Date(resultsDate(results) * 1000);
    return resultsDate(results) === 0 || Number.isNaN(date.getTime()) ? null : date.toISOString();
  },
  findSamples,
  readMetrics,
};
