import Type from 'typebox';
import { mergeRuns } from '../merge-runs.ts';
import type { LeftOut, RawMetric, RawRun, RawTask } from '../raw-run.ts';
import type { Reader, ReadOptions } from '../reader.ts';
import { sampleWarnings } from '../sample-warnings.ts';
import { checked } from '../source/checked.ts';
import { malformed } from '../source/malformed.ts';
import type { SourceFile } from '../source/open-source.ts';
import { taskTwice } from '../source/task-twice.ts';
import { parseYaml } from '../source/yaml.ts';

const Maybe = <Schema extends Type.TSchema>(schema: Schema) => Type.Optional(Type.Union([schema, Type.Null()]));
const Name = Type.Union([Type.String({ minLength: 1 }), Type.Number()]);

/** `.eval_results/*.yaml` (Hugging Face Hub, "Evaluation results"): early files say `config`, later ones `task_id`. */
const EvalResults = Type.Array(
  Type.Object({
    dataset: Type.Object({
      id: Type.String({ minLength: 1 }),
      task_id: Maybe(Name),
      config: Maybe(Name),
      split: Maybe(Name),
      revision: Maybe(Name),
    }),
    value: Type.Unknown(),
    date: Type.Optional(Type.Unknown()),
    source: Maybe(Type.Record(Type.String(), Type.Unknown())),
    notes: Maybe(Type.String()),
  }),
  { minItems: 1 },
);
type Entry = Type.Static<typeof EvalResults>[number];

/** Results that a repository of the Hugging Face Hub quotes: claims, not the output of a harness. */
export const evalResults: Reader = {
  title: 'Hugging Face evaluation results',
  reads: '`.eval_results/*.yaml`',
  async recognises(file) {
    if (!/\.ya?ml$/i.test(file.name)) return false;
    const head = (await file.head()).toString('utf8');
    return (
      /^-\s+(?:dataset|value)\s*:/m.test(head) &&
      /(?:^\s+|[{,]\s*)id\s*:/m.test(head) &&
      /^[-\s]\s*value\s*:/m.test(head)
    );
  },
  async read(heads, _source, options) {
    return mergeRuns(await Promise.all(heads.map((head) => readFile(head, options))));
  },
};

async function readFile(file: SourceFile, options: ReadOptions): Promise<RawRun> {
  const entries = checked(EvalResults, parseYaml((await file.bytes()).toString('utf8'), file.name), file.name);
  const seen = new Set<string>();
  const tasks = entries.map((entry, index) => {
    const task = readEntry(entry, file.name, index);
    if (seen.has(task.task)) throw taskTwice(file.name, `[${index}]`, task.task);
    seen.add(task.task);
    return task;
  });
  return {
    schemaVersion: '1.0',
    harness: 'eval-results',
    harnessVersion: null,
    model: null,
    suite: options.suite,
    fingerprint: options.fingerprint,
    claimed: true,
    settings: {},
    date: null,
    files: [{ name: file.name, sha256: await file.sha256() }],
    tasks,
    leftOut: entries.flatMap((entry, index) => notes(entry, `${file.name}: [${index}]`)),
  };
}

function readEntry({ dataset, value }: Entry, file: string, index: number): RawTask {
  const { task_id: id, config } = dataset;
  if (id !== undefined && id !== null && config !== undefined && config !== null && String(id) !== String(config))
    throw malformed(file, `[${index}].dataset`, `task_id is "${id}" and config "${config}"; which one is meant?`);
  if (typeof value !== 'number')
    throw malformed(
      file,
      `[${index}].value`,
      `must be a number; received ${(JSON.stringify(value) ?? 'nothing').slice(0, 60)}`,
    );
  const metric: RawMetric = {
    metric: 'score',
    filter: 'none',
    value: Number.isFinite(value) ? value : null,
    stderr: null,
    higherIsBetter: null,
    unit: 'unknown',
  };
  return {
    task: [dataset.id, ...part(id ?? config, 'default'), ...part(dataset.split, 'test')].join('/'),
    version: dataset.revision === undefined || dataset.revision === null ? null : String(dataset.revision),
    nShot: null,
    outputType: null,
    hash: null,
    n: null,
    nOriginal: null,
    metrics: [metric],
    samples: [],
    warnings: sampleWarnings({ metrics: [metric], samples: [], n: null }),
  };
}

function notes({ notes: text, date }: Entry, where: string): LeftOut[] {
  return [
    ...(text
      ? [{ what: `${where}.notes`, reason: `free text that may say how it was run: ${text.slice(0, 200)}` }]
      : []),
    ...(date === undefined || date === null
      ? []
      : [{ what: `${where}.date`, reason: 'the day of one result; a run has one date' }]),
  ];
}

function part(value: string | number | null | undefined, usual: string): string[] {
  return value === undefined || value === null || value === usual ? [] : [String(value)];
}
