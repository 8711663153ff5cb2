import type { RawTask } from '../harness/raw-run.ts';

/**
 * Brings one metric of a task onto the scale of the families file: a proportion is multiplied by `max`, a percentage by
 * `max`/100, points stay. Which it is comes from the reader, never from the size of the number. Other metrics stay as
 * they are; so does a number whose unit nobody stated, which `assignTasks` then keeps out of pooling.
 *
 * @param max score of a perfect model in the families file; null where there is no bound, and nothing is changed
 */
export function toScale(task: RawTask, metric: string, filter: string, max: number | null): RawTask {
  const entry = task.metrics.find((known) => known.metric === metric && known.filter === filter);
  const factor = max === null ? 1 : factorOf(entry?.unit, max);
  if (entry === undefined || factor === 1) return task;
  const scaled = (value: number | null): number | null => (value === null ? null : value * factor);
  return {
    ...task,
    metrics: task.metrics.map((known) =>
      known === entry ? { ...known, value: scaled(known.value), stderr: scaled(known.stderr), unit: 'points' } : known,
    ),
    samples: task.samples.map((sample) => {
      const value = sample.metrics[metric];
      return sample.filter !== filter || value === undefined
        ? sample
        : { ...sample, metrics: { ...sample.metrics, [metric]: value * factor } };
    }),
  };
}

function factorOf(unit: RawTask['metrics'][number]['unit'], max: number): number {
  if (unit === 'proportion') return max;
  return unit === 'percent' ? max / 100 : 1;
}
