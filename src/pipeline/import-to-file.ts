import { join } from 'node:path';
import { pathText, problemsOf } from '../base/validate.ts';
import { RawRuns } from '../harness/raw-runs.ts';
import { writeWhole } from '../store/write.ts';

/**
 * Writes imported results as one document of the normal form, items included: `<out>/<id>.json`. The same results give
 * the same bytes. Returns its path; throws as writing a file does.
 */
export async function writeImported(out: string, id: string, runs: RawRuns): Promise<string> {
  const problem = problemsOf(RawRuns, runs)[0];
  if (problem) throw new Error(`a reader broke the normal form at ${pathText(problem.path)}: ${problem.message}`);
  const path = join(out, `${id}.json`);
  await writeWhole(path, `${JSON.stringify(runs, null, 1)}\n`);
  return path;
}
