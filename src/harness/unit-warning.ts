import type { RawMetric, RawTask } from './raw-run.ts';

/** The warning for scores whose scale the source does not say; none where all are known. Code `unit-unknown`. */
export function unitWarnings(metrics: readonly RawMetric[]): RawTask['warnings'] {
  const names = metrics.filter(({ unit }) => unit === 'unknown').map(({ metric, filter }) => `${metric},${filter}`);
  if (names.length === 0) return [];
  return [
    {
      code: 'unit-unknown',
      message: `Nothing says whether ${names.join(', ')} is a proportion, a percentage or points.`,
    },
  ];
}
