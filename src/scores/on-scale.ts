import { mean } from 'simple-statistics';
import type { RawMetric, RawTask } from '../harness/raw-run.ts';
import { endOfScale, type Scale } from './scale.ts';

/** Why a number cannot be put on the scale of the families file. */
export interface OffScale {
  readonly code: 'unit-unknown' | 'scales-differ' | 'above-maximum';
  /** One sentence for people, with the number that was read. */
  readonly reason: string;
}

/**
 * The same task with the asked metric (value, standard error and items) on the scale that the families file declares
 * with `max`. The one place where a unit is converted: a percentage is one of the end of the scale (88.1 % of 1000
 * points is 881), a proportion likewise. Never decided by the size of the number: where the source does not state a unit it is
 * accepted only if 0/1 items show that it is a proportion, or if the families file declares a maximum other than 1.
 *
 * Where no chance level is known the number is only shown, never pooled, and stays as it is unless its unit is stated.
 */
export function onScale(task: RawTask, scale: Scale): { readonly task: RawTask } | { readonly off: OffScale } {
  const metric = task.metrics.find((entry) => entry.metric === scale.metric && entry.filter === scale.filter);
  if (!metric || metric.value === null) return { task };
  const items = task.samples.flatMap((sample) =>
    sample.filter === scale.filter ? (sample.metrics[scale.metric] ?? []) : [],
  );
  const apart = scalesDiffer(metric.value, items);
  if (apart) return { off: apart };
  const factor = factorOf(metric, metric.value, items, scale);
  if (typeof factor !== 'number') return { off: factor };
  const above = aboveMaximum([metric.value * factor, ...items.map((item) => item * factor)], scale);
  if (above) return { off: above };
  return { task: factor === 1 ? task : stretched(task, scale, factor) };
}

function scalesDiffer(value: number, items: readonly number[]): OffScale | undefined {
  if (items.length === 0 || value === 0) return undefined;
  const ratio = mean([...items]) / value;
  const off = [0.01, 100].find((factor) => Math.abs(ratio / factor - 1) < 0.01);
  if (off === undefined) return undefined;
  return {
    code: 'scales-differ',
    reason: `The score is ${value} and its items average ${ratio * value}: one is a percentage, the other a proportion.`,
  };
}

function factorOf(
  { unit = 'points' }: RawMetric,
  value: number,
  items: readonly number[],
  { chance, max }: Scale,
): number | OffScale {
  const end = endOfScale(max);
  if (unit === 'points' || value === 0) return 1;
  if (unit === 'unknown') {
    const proportion = items.length > 0 && items.every((item) => item === 0 || item === 1);
    if (chance === null || (end > 1 && value > 1)) return 1;
    if (proportion && end <= 100) return end;
    return {
      code: 'unit-unknown',
      reason: `The source does not say whether ${value} is a percentage or a proportion; state its unit.`,
    };
  }
  return end / (unit === 'percent' ? 100 : 1);
}

function aboveMaximum(values: readonly number[], { chance, max, metric }: Scale): OffScale | undefined {
  const end = endOfScale(max);
  const above = values.find((value) => value > end * (1 + 1e-9));
  if (chance === null || above === undefined) return undefined;
  return {
    code: 'above-maximum',
    reason: `${metric} is ${above}, above ${end}, where the scale of the families file ends; is it a percentage?`,
  };
}

function stretched(task: RawTask, { metric, filter }: Scale, factor: number): RawTask {
  return {
    ...task,
    metrics: task.metrics.map((entry) =>
      entry.metric === metric && entry.filter === filter
        ? {
            ...entry,
            value: entry.value === null ? null : entry.value * factor,
            stderr: entry.stderr === null ? null : entry.stderr * factor,
            unit: 'points',
          }
        : entry,
    ),
    samples: task.samples.map((sample) => {
      const value = sample.metrics[metric];
      return sample.filter === filter && value !== undefined
        ? { ...sample, metrics: { ...sample.metrics, [metric]: value * factor } }
        : sample;
    }),
  };
}
