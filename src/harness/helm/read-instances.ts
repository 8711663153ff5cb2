import type { RawSample } from '../raw-run.ts';
import { checked } from '../source/checked.ts';
import { hashOf } from '../source/hash-of.ts';
import { malformed } from '../source/malformed.ts';
import type { SourceFile } from '../source/open-source.ts';
import { isPlain, meanOf } from './read-stats.ts';
import { InstanceStats, Instances } from './run-folder.ts';

/** What is kept of one instance: for each metric its values over the training trials. */
type Trials = Map<string, number[]>;

/**
 * Per-sample values from `per_instance_stats.json`: a row per instance, the mean over training trials. Questions and
 * references are hashed from `instances.json` where it is there.
 *
 * @throws SkiagramError `results-malformed`: an instance twice in one trial
 */
export async function readInstances(
  file: SourceFile,
  questions: SourceFile | undefined,
  { split, metrics }: { split: string; metrics: readonly string[] },
): Promise<RawSample[]> {
  const rows = checked(InstanceStats, (await file.json()).value, file.name);
  const hashes = questions ? await hashesOf(questions) : new Map<string, Hashes>();
  const byInstance = new Map<string, Trials>();
  const seen = new Set<string>();
  for (const [index, row] of rows.entries()) {
    const stats = row.stats.filter((stat) => stat.name.split === split && isPlain(stat));
    if (row.perturbation || stats.length === 0) continue;
    const key = `${row.train_trial_index} ${row.instance_id}`;
    if (seen.has(key))
      throw malformed(
        file.name,
        `[${index}]`,
        `the instance "${row.instance_id}" comes a second time in trial ${row.train_trial_index}`,
      );
    seen.add(key);
    const trials = byInstance.get(row.instance_id) ?? new Map<string, number[]>();
    byInstance.set(row.instance_id, trials);
    for (const stat of stats) {
      const value = meanOf(stat);
      if (value !== null && metrics.includes(stat.name.name))
        trials.set(stat.name.name, [...(trials.get(stat.name.name) ?? []), value]);
    }
  }
  return [...byInstance].map(([docId, trials]) => ({
    docId,
    ...(hashes.get(docId) ?? { docHash: null, promptHash: null, targetHash: null }),
    cluster: null,
    filter: 'none',
    metrics: Object.fromEntries(
      [...trials].map(([metric, values]) => [metric, mean(values)]).filter(([, value]) => Number.isFinite(value)),
    ),
  }));
}

type Hashes = Pick<RawSample, 'docHash' | 'promptHash' | 'targetHash'>;

async function hashesOf(file: SourceFile): Promise<Map<string, Hashes>> {
  const instances = checked(Instances, (await file.json()).value, file.name);
  return new Map(
    instances
      .filter(({ id, perturbation }) => typeof id === 'string' && !perturbation)
      .map(({ id, input, references }) => [
        id as string,
        { docHash: hashOf(input), promptHash: null, targetHash: hashOf(references ?? null) },
      ]),
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
