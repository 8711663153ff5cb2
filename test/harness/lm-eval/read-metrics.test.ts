import { expect, it } from 'vitest';
import { readMetrics } from '../../../src/harness/lm-eval/read-metrics.ts';

const read = (metrics: object) =>
  readMetrics({ results: { t: metrics }, higher_is_better: { t: { acc: true, ter: null } } }, 't', 'results.json')
    .metrics;

it('Keys are split at the first comma, and "N/A" is no standard error rather than 0.', () => {
  expect(
    read({ alias: 't', 'acc,get,it': 0.5, 'acc_stderr,get,it': 'N/A', 'ter,none': 40, 'ter_stderr,none': 1 }),
  ).toEqual([
    { metric: 'acc', filter: 'get,it', value: 0.5, stderr: null, higherIsBetter: true },
    { metric: 'ter', filter: 'none', value: 40, stderr: 1, higherIsBetter: null },
  ]);
});

it('A length that RULER did not run is left out, another negative score is not.', () => {
  expect(read({ '4096,none': 0.9, '8192,none': -1, 'mcc,none': -1 }).map(({ metric }) => metric)).toEqual([
    '4096',
    'mcc',
  ]);
});

it('A metric that only sounds like a standard error is kept.', () => {
  expect(read({ 'mean_stderr,none': 0.2 }).map(({ metric }) => metric)).toEqual(['mean_stderr']);
});
