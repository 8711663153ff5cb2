import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { SkiagramError } from '../../base/error.ts';
import { findResults } from './find-results.ts';
import { uncovered } from './results-file.ts';

/**
 * Decides whether a run that ended with exit code 0 gave results, and names its files.
 *
 * @param results results files that were not there before the run
 * @param tasks names that were asked for
 * @throws SkiagramError `harness-output-unwritable` unless there is exactly one; `harness-output-incomplete` where it
 *   does not cover every task; `results-malformed`
 */
export async function checkOutput(
  results: readonly string[],
  tasks: readonly string[],
  outputDir: string,
  stderr: readonly string[],
): Promise<{ results: string; samples: string[] }> {
  const [file, ...more] = results;
  if (file === undefined || more.length > 0)
    throw outputUnwritable(outputDir, stderr.slice(-3).join('\n'), results.length);
  const { value } = await findResults(file);
  const missing = uncovered(value, tasks);
  if (missing.length > 0)
    throw new SkiagramError({
      code: 'harness-output-incomplete',
      message: `lm-eval ended well, but ${basename(file)} holds nothing for ${missing.join(', ')}.`,
      hint: `See stderr.log in ${outputDir}.`,
    });
  const time = basename(file)
    .replace(/^results/, '')
    .replace(/\.json$/, '');
  const names = await readdir(dirname(file));
  const samples = names.filter((name) => name.startsWith('samples_') && name.endsWith(`${time}.jsonl`)).sort();
  return { results: file, samples: samples.map((name) => join(dirname(file), name)) };
}

/** The error for results that could not be written, or (`found` > 1) that were written by more than one run. */
export function outputUnwritable(outputDir: string, cause: unknown, found = 0): SkiagramError {
  return new SkiagramError({
    code: 'harness-output-unwritable',
    message:
      found > 1
        ? `lm-eval left ${found} new results files in ${outputDir} where one was expected.`
        : `No results could be written to ${outputDir}; the scores of this run are lost.`,
    hint:
      found > 1
        ? 'Is another run writing there? Give every run its own folder.'
        : 'Check permissions and free space of this folder, then run again.',
    cause,
  });
}
