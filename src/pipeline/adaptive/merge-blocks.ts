import type { AdaptiveRun, RawRun, RawTask } from '../../harness/raw-run.ts';

/**
 * The blocks of one suite on one checkpoint as one run that is marked as adaptive. A score is the mean of its items;
 * metrics that are no mean over items (perplexities, corpus scores) cannot be put together from parts and are left out,
 * and so is the harness's hash of all prompts: pairs are checked item by item instead.
 */
export function mergeBlocks(blocks: readonly RawRun[], adaptive: AdaptiveRun): RawRun {
  const newest = blocks.at(-1);
  if (newest === undefined) throw new Error('unreachable: a suite without blocks is not merged');
  const parts = new Map<string, RawTask[]>();
  for (const task of blocks.flatMap((block) => block.tasks))
    parts.set(task.task, [...(parts.get(task.task) ?? []), task]);
  const lost = new Set<string>();
  const tasks = [...parts.values()].map((own) => mergeTask(own, lost));
  return {
    ...newest,
    files: blocks.flatMap((block) => block.files),
    tasks: tasks.sort((one, two) => (one.task < two.task ? -1 : 1)),
    leftOut: [
      ...blocks.flatMap((block) => block.leftOut ?? []),
      ...[...lost].sort().map((what) => ({ what, reason: 'no mean over items, so blocks cannot be put together' })),
    ],
    adaptive,
  };
}

function mergeTask(parts: readonly RawTask[], lost: Set<string>): RawTask {
  const [first] = parts;
  if (first === undefined) throw new Error('unreachable: a task has at least one part');
  const samples = parts.flatMap((part) => part.samples).sort((one, two) => Number(one.docId) - Number(two.docId));
  const n = new Set(samples.map(({ docId }) => docId)).size;
  const metrics = first.metrics.flatMap((metric) => {
    const values = samples
      .filter(({ filter }) => filter === metric.filter)
      .flatMap(({ metrics: own }) => own[metric.metric] ?? []);
    if (values.length !== n) {
      lost.add(`${first.task} ${metric.metric},${metric.filter}`);
      return [];
    }
    return [{ ...metric, value: values.reduce((sum, value) => sum + value, 0) / n, stderr: null }];
  });
  const warnings = parts.flatMap((part) => part.warnings);
  return { ...first, hash: parts.length === 1 ? first.hash : null, n, metrics, samples, warnings };
}
