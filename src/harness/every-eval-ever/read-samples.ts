import type { LeftOut, RawMetric, RawSample } from '../raw-run.ts';
import { hashOf } from '../source/hash-of.ts';
import { malformed } from '../source/malformed.ts';
import type { Instance } from './record.ts';

/** A metric of one task with the id that instances may call it by. */
export interface MetricOfTask {
  readonly metric: RawMetric;
  readonly resultId: string | null;
}

/**
 * Per-sample values of one task. An instance has one score: it belongs to the metric that it names by
 * `evaluation_result_id`, else to the only metric of the task; with several and no id it is left out.
 *
 * @throws SkiagramError `results-malformed` for one sample that comes twice
 */
export function readSamples(
  instances: readonly Instance[],
  metrics: readonly MetricOfTask[],
  { file, task }: { file: string; task: string },
): { samples: RawSample[]; leftOut: LeftOut[] } {
  const samples = new Map<string, RawSample>();
  let homeless = 0;
  for (const { evaluation_result_id: resultId, sample_id: docId, input, evaluation } of instances) {
    const named = resultId ? metrics.find((metric) => metric.resultId === resultId) : undefined;
    const owner = named ?? (metrics.length === 1 ? metrics[0] : undefined);
    if (owner === undefined) {
      homeless++;
      continue;
    }
    const hashes = { docHash: hashOf(input.raw), promptHash: null, targetHash: hashOf(input.reference) };
    const { filter } = owner.metric;
    const key = `${filter}\n${docId}`;
    const sample = samples.get(key) ?? { docId, ...hashes, cluster: null, filter, metrics: {} };
    if (Object.hasOwn(sample.metrics, owner.metric.metric) || sample.docHash !== hashes.docHash)
      throw malformed(file, `${task}: sample_id`, `the sample "${docId.slice(0, 80)}" comes a second time`);
    const value = evaluation.score === null ? [] : [[owner.metric.metric, evaluation.score]];
    samples.set(key, { ...sample, metrics: Object.fromEntries([...Object.entries(sample.metrics), ...value]) });
  }
  const leftOut = {
    what: `${file}: ${homeless} rows of ${task}`,
    reason: 'they do not say which of its metrics they score',
  };
  return { samples: [...samples.values()], leftOut: homeless > 0 ? [leftOut] : [] };
}
