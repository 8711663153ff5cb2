import { mergeRuns } from '../merge-runs.ts';
import type { LeftOut, RawRun, RawTask } from '../raw-run.ts';
import type { Reader, ReadOptions } from '../reader.ts';
import { sampleWarnings } from '../sample-warnings.ts';
import { checked } from '../source/checked.ts';
import { isPlace } from '../source/is-place.ts';
import type { Source, SourceFile } from '../source/open-source.ts';
import { readDate } from '../source/read-date.ts';
import { taskTwice } from '../source/task-twice.ts';
import { readDetails } from './read-details.ts';
import { readMetrics } from './read-metrics.ts';
import { LightevalResults, type TaskConfig } from './results-file.ts';
import { runSettings } from './run-settings.ts';
import { type TaskKey, taskKey } from './task-key.ts';

/** Results of lighteval, with its details where they lie beside them or in the folder that was named. */
export const lighteval: Reader = {
  title: 'lighteval',
  reads: '`results_*.json`, with `details_*.parquet` of the same time stamp in the folder',
  async recognises(file) {
    const head = (await file.head()).toString('utf8');
    return /^\s*\{\s*"config_general"\s*:/.test(head) && /"(?:lighteval_sha|model_name)"\s*:/.test(head);
  },
  async read(heads, source, options) {
    const runs: RawRun[] = [];
    for (const head of heads) runs.push(await readResults(head, source, options));
    return mergeRuns(runs);
  },
};

async function readResults(file: SourceFile, source: Source, options: ReadOptions): Promise<RawRun> {
  const results = checked(LightevalResults, (await file.json()).value, file.name);
  const stamp = /results_(.+)\.json$/.exec(file.name)?.[1] ?? null;
  const leftOut: LeftOut[] = [];
  const files = [file];
  const tasks: RawTask[] = [];
  const seen = new Set<string>();
  for (const key of Object.keys(results.results)) {
    const parts = taskKey(key, file.name);
    if (parts === 'average') {
      leftOut.push({ what: `${file.name}: results["${key}"]`, reason: 'an average of tasks that are read themselves' });
      continue;
    }
    if (seen.has(parts.task)) throw taskTwice(file.name, `results["${key}"]`, parts.task);
    seen.add(parts.task);
    const details = await findDetails(file, source, `details_${key}_${stamp}.parquet`);
    if (details === 'several')
      leftOut.push({ what: `details of ${key}`, reason: 'several details files have this name and time stamp' });
    const found = typeof details === 'object' ? details : undefined;
    if (found) files.push(found);
    tasks.push(await readTask(results, parts, { file, details: found }));
  }
  const name = results.config_general.model_name;
  const sha = results.config_general.lighteval_sha;
  return {
    schemaVersion: '1.0',
    harness: 'lighteval',
    harnessVersion: sha && sha !== '?' ? sha : null,
    model: isPlace(name) ? (name.split(/[/\\]/).filter(Boolean).at(-1) ?? name) : name,
    suite: options.suite,
    fingerprint: options.fingerprint,
    settings: runSettings(results),
    date: date(stamp, file.name),
    files: await Promise.all(files.map(async (one) => ({ name: one.name, sha256: await one.sha256() }))),
    tasks,
    leftOut,
  };
}

async function readTask(
  results: LightevalResults,
  { key, suite, task, shots }: TaskKey,
  { file, details }: { file: SourceFile; details: SourceFile | undefined },
): Promise<RawTask> {
  const config = configOf(results, key);
  const rows = readMetrics(results.results[key] ?? {}, config, { file: file.name, at: `results["${key}"]` });
  const metrics = rows.map(({ isMean: _, ...metric }) => metric);
  const means = rows.filter(({ isMean }) => isMean).map(({ metric }) => metric);
  const samples = details ? await readDetails(details, means) : [];
  const version = of(results.versions, key) ?? config?.version ?? null;
  const n = count(config?.effective_num_docs) ?? (details ? samples.length : null);
  const hashes = of(results.summary_tasks, key)?.hashes ?? {};
  const limit = results.config_general.max_samples ?? null;
  return {
    task,
    version: [suite, version === null ? null : String(version)].filter((part) => part !== null).join(' ') || null,
    nShot: shots,
    outputType: null,
    hash:
      typeof hashes.hash_examples === 'string'
        ? `${hashes.hash_examples} ${hashes.hash_full_prompts ?? ''}`.trim()
        : null,
    n,
    nOriginal: count(config?.original_num_docs),
    metrics,
    samples,
    warnings: [
      ...(limit === null
        ? []
        : [
            { code: 'items-limited', message: `The run had max_samples ${limit}; its score is of a part of the task.` },
          ]),
      ...sampleWarnings({ metrics, samples, n }),
    ],
  };
}

/** Under the key itself, or without the shots, as older files have it; text says nothing. */
function configOf({ config_tasks }: LightevalResults, key: string): TaskConfig | undefined {
  const parts = key.split('|');
  const config = [key, parts.slice(0, -1).join('|'), parts.slice(0, 2).join('|')]
    .map((name) => of(config_tasks, name))
    .find((found) => found !== undefined);
  return typeof config === 'object' && config !== null ? config : undefined;
}

function of<Value>(record: Readonly<Record<string, Value>> | null | undefined, key: string): Value | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}

function count(value: number | null | undefined): number | null {
  return typeof value === 'number' && value >= 0 ? value : null;
}

async function findDetails(
  head: SourceFile,
  source: Source,
  name: string,
): Promise<SourceFile | 'several' | undefined> {
  const found = source.files.filter((file) => file.name === name || file.name.endsWith(`/${name}`));
  return found.length > 1 ? 'several' : (found[0] ?? head.sibling(name));
}

/** The stamp is the local time of the machine that ran it, without a zone: read as UTC, it still puts runs in order. */
function date(stamp: string | null, file: string): string | null {
  const parts = /^(\d{4}-\d{2}-\d{2})T(\d{2})[-:](\d{2})[-:](\d{2}(?:\.\d+)?)$/.exec(stamp ?? '');
  return parts ? readDate(`${parts[1]}T${parts[2]}:${parts[3]}:${parts[4]}Z`, file, 'its name') : null;
}
