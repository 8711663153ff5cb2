import { mergeRuns } from '../merge-runs.ts';
import type { LeftOut, RawMetric, RawRun, RawTask } from '../raw-run.ts';
import type { Reader, ReadOptions } from '../reader.ts';
import { sampleWarnings } from '../sample-warnings.ts';
import { checked } from '../source/checked.ts';
import { malformed } from '../source/malformed.ts';
import type { SourceFile } from '../source/open-source.ts';
import { taskTwice } from '../source/task-twice.ts';
import { parseYaml } from '../source/yaml.ts';
import { type CardMetric, type CardResult, ModelCard } from './card.ts';
import { frontMatter } from './front-matter.ts';
import { readValue } from './read-value.ts';

/** Results that a model card of the Hugging Face Hub quotes: claims, not the output of a harness. */
export const modelIndex: Reader = {
  title: 'Hugging Face model-index',
  reads: '`README.md` with `model-index` in its front matter',
  async recognises(file) {
    const head = (await file.head()).toString('utf8');
    return /^\uFEFF?---\s*\r?\n/.test(head) && /^model-index\s*:/m.test(head);
  },
  async read(heads, _source, options) {
    const runs = await Promise.all(heads.map((head) => readCard(head, options)));
    return mergeRuns(runs.flat());
  },
};

async function readCard(file: SourceFile, options: ReadOptions): Promise<RawRun[]> {
  const { yaml, firstLine } = frontMatter((await file.bytes()).toString('utf8'), file.name);
  const card = checked(ModelCard, parseYaml(yaml, file.name, firstLine), file.name);
  const files = [{ name: file.name, sha256: await file.sha256() }];
  return card['model-index'].map((model, index) => {
    const leftOut: LeftOut[] = [];
    const seen = new Set<string>();
    const tasks = model.results.map((result, position) => {
      const at = `model-index[${index}].results[${position}]`;
      const task = readResult(result, { file: file.name, at, leftOut });
      if (seen.has(task.task)) throw taskTwice(file.name, at, task.task);
      seen.add(task.task);
      return task;
    });
    return {
      schemaVersion: '1.0',
      harness: 'model-index',
      harnessVersion: null,
      model: String(model.name),
      suite: options.suite,
      fingerprint: options.fingerprint,
      claimed: true,
      settings: {},
      date: null,
      files,
      tasks,
      leftOut,
    };
  });
}

function readResult(
  { dataset, metrics }: CardResult,
  { file, at, leftOut }: { file: string; at: string; leftOut: LeftOut[] },
): RawTask {
  const types = metrics.map(({ type }) => type);
  const read: RawMetric[] = [];
  const errors: { of: string; filter: string; value: number }[] = [];
  for (const [index, metric] of metrics.entries()) {
    const place = `${at}.metrics[${index}]`;
    const own = filterOf(metric);
    const twice = types.filter((type) => type === metric.type).length > 1;
    const filter = own ?? (twice ? String(metric.name ?? 'none') : 'none');
    const scored = /^(.+)_stderr$/.exec(metric.type)?.[1];
    if (scored !== undefined && types.includes(scored) && typeof metric.value === 'number' && metric.value >= 0) {
      errors.push({ of: scored, filter: own ?? 'none', value: metric.value });
      continue;
    }
    if (read.some((other) => other.metric === metric.type && other.filter === filter))
      throw malformed(file, place, `the metric "${metric.type}" comes a second time under the name "${filter}"`);
    const row = readMetric(metric, filter, { file, place, leftOut });
    if (row) read.push(row);
  }
  const shots = dataset.args?.num_few_shot;
  return {
    task: [dataset.type, ...part(dataset.config, 'default'), ...part(dataset.split, 'test')].join('/'),
    version: dataset.revision === undefined || dataset.revision === null ? null : String(dataset.revision),
    nShot: typeof shots === 'number' && Number.isSafeInteger(shots) && shots >= 0 ? shots : null,
    outputType: null,
    hash: null,
    n: null,
    nOriginal: null,
    metrics: read.map((row) => withError(row, errors)),
    samples: [],
    warnings: sampleWarnings({ metrics: read, samples: [], n: null }),
  };
}

/** A standard error that boards write as a metric of its own, `acc_stderr` beside `acc`. */
function withError(row: RawMetric, errors: readonly { of: string; filter: string; value: number }[]): RawMetric {
  const own = errors.filter(({ of, filter }) => of === row.metric && filter === row.filter);
  return row.stderr === null && own.length === 1 && own[0] ? { ...row, stderr: own[0].value } : row;
}

/** The filter of the harness, where the arguments of a metric name it. */
function filterOf({ args }: CardMetric): string | undefined {
  const filter = typeof args === 'object' && args !== null ? (args as { filter?: unknown }).filter : undefined;
  return typeof filter === 'string' && filter !== '' ? filter : undefined;
}

function readMetric(
  { type, value }: CardMetric,
  filter: string,
  { file, place, leftOut }: { file: string; place: string; leftOut: LeftOut[] },
): RawMetric | undefined {
  if (value === undefined || value === null || typeof value === 'boolean')
    throw malformed(file, `${place}.value`, `must be a number or text; received ${JSON.stringify(value) ?? 'nothing'}`);
  const read = readValue(value);
  const what = `${file}: ${place}.value`;
  if (read === undefined) {
    leftOut.push({ what, reason: `no number: ${(JSON.stringify(value) ?? '').slice(0, 80)}` });
    return undefined;
  }
  if (read.rest !== null)
    leftOut.push({ what, reason: `"${read.rest.slice(0, 80)}" beside the number; it does not say what it is` });
  return { metric: type, filter, value: read.value, stderr: read.stderr, higherIsBetter: null, unit: read.unit };
}

function part(value: string | number | null | undefined, usual: string): string[] {
  return value === undefined || value === null || value === usual ? [] : [String(value)];
}
