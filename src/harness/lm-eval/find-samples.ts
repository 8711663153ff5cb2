import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * The samples file of each task that belongs to a results file: `samples_<task>_<time>.jsonl`, packed or not, with the
 * results file's own time. A plain `results.json` (renamed by hand) takes files of any time, if there is one per task.
 */
export async function findSamples(resultsFile: string, tasks: readonly string[]): Promise<Map<string, string>> {
  const names = await plainFiles(dirname(resultsFile));
  const time = /^results_(.+)\.json$/.exec(basename(resultsFile))?.[1];
  const found = new Map<string, string>();
  for (const task of tasks) {
    const stem = `samples_${task}`;
    const matching =
      time === undefined
        ? names.filter(
            (name) =>
              name.startsWith(stem) && /^(_\d{4}-\d\d-\d\dT[^_]*)?\.jsonl(\.gz)?$/.test(name.slice(stem.length)),
          )
        : [`${stem}_${time}.jsonl`, `${stem}_${time}.jsonl.gz`].filter((name) => names.includes(name)).slice(0, 1);
    if (matching.length === 1 && matching[0] !== undefined) found.set(task, join(dirname(resultsFile), matching[0]));
  }
  return found;
}

/** Names of the files in a folder, in order. Links are passed over: results are foreign, and a link can point at anything. */
export async function plainFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();
}
