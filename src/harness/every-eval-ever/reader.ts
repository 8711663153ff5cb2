import { SkiagramError } from '../../base/error.ts';
import { mergeRuns } from '../merge-runs.ts';
import type { LeftOut, RawRun, RawTask } from '../raw-run.ts';
import type { Reader, ReadOptions } from '../reader.ts';
import { sampleWarnings } from '../sample-warnings.ts';
import { checked } from '../source/checked.ts';
import { malformed } from '../source/malformed.ts';
import type { SourceFile } from '../source/open-source.ts';
import { readDate } from '../source/read-date.ts';
import { taskTwice } from '../source/task-twice.ts';
import { readInstances } from './read-instances.ts';
import { type MetricOfTask, readSamples } from './read-samples.ts';
import { readSettings } from './read-settings.ts';
import { readUnit } from './read-unit.ts';
import { EvalRecord, type Instance } from './record.ts';

/** Records of Every Eval Ever, schema 0.2 and 0.3. */
export const everyEvalEver: Reader = {
  title: 'Every Eval Ever',
  reads: '`<uuid>.json` of schema 0.2 or 0.3, with `<uuid>.jsonl` beside it',
  async recognises(file) {
    if (/\.jsonl$/i.test(file.name)) return false;
    const head = (await file.head()).toString('utf8');
    return ['schema_version', 'evaluation_id', 'retrieved_timestamp'].every((key) => head.includes(`"${key}"`));
  },
  async read(heads, _source, options) {
    const runs: RawRun[] = [];
    for (const head of heads) runs.push(await readRecord(head, options));
    return mergeRuns(runs);
  },
};

async function readRecord(file: SourceFile, options: ReadOptions): Promise<RawRun> {
  const record = checked(EvalRecord, (await file.json()).value, file.name);
  if (!/^0\.[23](?:\.\d+)?$/.test(record.schema_version))
    throw new SkiagramError({
      code: 'results-malformed',
      message: `${file.name}: schema_version: versions 0.2 and 0.3 are known; received "${record.schema_version.slice(0, 40)}".`,
      hint: 'Convert the record to schema 0.3.',
    });
  const named = record.detailed_evaluation_results?.file_path?.split(/[/\\]/).at(-1);
  const own = file.name
    .split('/')
    .at(-1)
    ?.replace(/\.json$/i, '.jsonl');
  const instanceFile = (named ? await file.sibling(named) : undefined) ?? (own ? await file.sibling(own) : undefined);
  const instances = instanceFile ? await readInstances(instanceFile, record) : [];
  const files = [file, ...(instanceFile ? [instanceFile] : [])];
  const common = {
    schemaVersion: '1.0' as const,
    harness: 'every-eval-ever',
    harnessVersion: record.eval_library.version === 'unknown' ? null : record.eval_library.version,
    model: record.model_info.id,
    suite: options.suite,
    fingerprint: options.fingerprint,
    claimed: record.source_metadata.source_type === 'documentation',
    date:
      readDate(record.evaluation_timestamp, file.name, 'evaluation_timestamp', true) ??
      readDate(record.retrieved_timestamp, file.name, 'retrieved_timestamp', true),
    files: await Promise.all(files.map(async (one) => ({ name: one.name, sha256: await one.sha256() }))),
  };
  const known = new Set(record.evaluation_results.map(({ evaluation_name }) => evaluation_name));
  const strangers = instances.filter(({ evaluation_name }) => !known.has(evaluation_name)).length;
  const leftOut: LeftOut[] =
    strangers > 0
      ? [{ what: `${instanceFile?.name}: ${strangers} rows`, reason: 'they belong to no evaluation of the record' }]
      : [];
  const { settings, hashes } = readSettings(record);
  const tasks = readTasks(record, instances, {
    file: file.name,
    instanceFile: instanceFile?.name ?? '',
    hashes,
    leftOut,
  });
  return { ...common, settings, tasks, leftOut };
}

function readTasks(
  record: EvalRecord,
  instances: readonly Instance[],
  {
    file,
    instanceFile,
    hashes,
    leftOut,
  }: { file: string; instanceFile: string; hashes: readonly (string | null)[]; leftOut: LeftOut[] },
): RawTask[] {
  const byName = new Map<string, { metrics: MetricOfTask[]; n: number | null; hash: string | null }>();
  for (const [index, result] of record.evaluation_results.entries()) {
    const at = `evaluation_results[${index}]`;
    const { metric_config: config, score_details: details, evaluation_name: name } = result;
    const task = byName.get(name) ?? { metrics: [], n: null, hash: hashes[index] ?? null };
    if (task.hash !== (hashes[index] ?? null))
      throw malformed(file, `${at}.generation_config`, `"${name}" was generated in another way for its other metrics`);
    const metric = config.metric_id ?? config.metric_name ?? 'score';
    const filter = typeof config.metric_parameters?.filter === 'string' ? config.metric_parameters.filter : 'none';
    if (task.metrics.some(({ metric: other }) => other.metric === metric && other.filter === filter))
      throw taskTwice(file, at, name);
    const error = details.uncertainty?.standard_error ?? null;
    const isUnknown = config.has_unknown_level === true && details.score === -1;
    if (isUnknown)
      leftOut.push({ what: `${file}: ${at}.score_details.score`, reason: '-1 stands for an unknown level' });
    else if (details.uncertainty?.confidence_interval)
      leftOut.push({ what: `${file}: ${at}: confidence_interval`, reason: 'intervals are made anew from the items' });
    task.metrics.push({
      metric: {
        metric,
        filter,
        value: isUnknown ? null : details.score,
        stderr: typeof error === 'number' ? error : (error?.value ?? null),
        higherIsBetter: !config.lower_is_better,
        unit: isUnknown ? 'points' : readUnit(result, file, at),
      },
      resultId: result.evaluation_result_id ?? null,
    });
    task.n ??= details.uncertainty?.num_samples ?? null;
    byName.set(name, task);
  }
  return [...byName].map(([name, { metrics: rows, n, hash }]) => {
    const own = instances.filter((instance) => instance.evaluation_name === name);
    const read = readSamples(own, rows, { file: instanceFile, task: name });
    leftOut.push(...read.leftOut);
    const metrics = rows.map(({ metric }) => metric);
    const { samples } = read;
    return {
      task: name,
      version: null,
      nShot: null,
      outputType: null,
      hash,
      n: n ?? (samples.length > 0 ? samples.length : null),
      nOriginal: null,
      metrics,
      samples,
      warnings: sampleWarnings({ metrics, samples, n }),
    };
  });
}
