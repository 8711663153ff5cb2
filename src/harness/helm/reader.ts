import { SkiagramError } from '../../base/error.ts';
import { mergeRuns } from '../merge-runs.ts';
import type { RawRun } from '../raw-run.ts';
import type { Reader, ReadOptions } from '../reader.ts';
import { sampleWarnings } from '../sample-warnings.ts';
import { checked } from '../source/checked.ts';
import { hashOf } from '../source/hash-of.ts';
import type { SourceFile } from '../source/open-source.ts';
import { readInstances } from './read-instances.ts';
import { readStats } from './read-stats.ts';
import { RunSpec, Stats } from './run-folder.ts';

/** Run folders of HELM, a scenario each. */
export const helm: Reader = {
  title: 'HELM',
  reads: '`run_spec.json` with `stats.json` beside it; `per_instance_stats.json` and `instances.json` where they are',
  async recognises(file) {
    if (!/(?:^|\/)run_spec\.json$/.test(file.name)) return false;
    const head = (await file.head()).toString('utf8');
    return /"scenario_spec"\s*:/.test(head) && /"adapter_spec"\s*:/.test(head);
  },
  async read(heads, _source, options) {
    const runs: RawRun[] = [];
    for (const head of heads) runs.push(await readRun(head, options));
    return mergeRuns(runs);
  },
};

async function readRun(file: SourceFile, options: ReadOptions): Promise<RawRun> {
  const spec = checked(RunSpec, (await file.json()).value, file.name);
  const statsFile = await file.sibling('stats.json');
  if (statsFile === undefined)
    throw new SkiagramError({
      code: 'results-missing',
      message: `${file.name}: there is no stats.json beside it, so the run was not finished.`,
      hint: 'Run `helm-run` again, or copy the whole run folder.',
    });
  const stats = readStats(checked(Stats, (await statsFile.json()).value, statsFile.name), statsFile.name);
  const instances = await file.sibling('per_instance_stats.json');
  const questions = instances && (await file.sibling('instances.json'));
  const names = stats.metrics.map(({ metric }) => metric);
  const samples = instances ? await readInstances(instances, questions, { split: stats.split, metrics: names }) : [];
  const files = [file, statsFile, instances, questions].filter((one) => one !== undefined);
  const {
    model,
    model_deployment: _,
    ...adapter
  } = spec.adapter_spec as typeof spec.adapter_spec & Record<string, unknown>;
  const trials = spec.adapter_spec.num_train_trials ?? 1;
  const n = stats.n ?? (samples.length > 0 ? samples.length : null);
  return {
    schemaVersion: '1.0',
    harness: 'helm',
    harnessVersion: null,
    model,
    suite: options.suite,
    fingerprint: options.fingerprint,
    // What HELM sets, it sets for each scenario: it is in the hash, so that the folders of a suite are one run.
    settings: {},
    date: null,
    files: await Promise.all(files.map(async (one) => ({ name: one.name, sha256: await one.sha256() }))),
    tasks: [
      {
        task: taskName(spec.name),
        version: stats.split === 'test' ? null : stats.split,
        nShot: spec.adapter_spec.max_train_instances ?? null,
        outputType: spec.adapter_spec.method ?? null,
        hash: hashOf([spec.scenario_spec, adapter, spec.metric_specs ?? [], spec.annotators ?? []]),
        protocol: trials > 1 ? `mean of ${trials} trials` : null,
        n,
        nOriginal: null,
        metrics: [...stats.metrics],
        samples,
        warnings: sampleWarnings({ metrics: stats.metrics, samples, n }),
      },
    ],
    leftOut: [...stats.leftOut],
  };
}

/**
 * The name of a run without the model, so that two models have the same task.
 *
 * @example `mmlu:subject=anatomy,model=org_name` is `mmlu:subject=anatomy`.
 */
function taskName(name: string): string {
  const colon = name.indexOf(':');
  if (colon === -1) return name;
  const parts = name.slice(colon + 1).split(',');
  const kept = parts.filter((part) => !/^model(?:_deployment)?=/.test(part));
  return kept.length === 0 ? name.slice(0, colon) : `${name.slice(0, colon)}:${kept.join(',')}`;
}
