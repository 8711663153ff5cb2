import Type from 'typebox';
import { direction, metricEntries } from '../lm-eval/read-metrics.ts';
import type { Results } from '../lm-eval/results-file.ts';
import type { LeftOut, RawMetric } from '../raw-run.ts';
import { checked } from '../source/checked.ts';
import { lmmsUnit } from './units.ts';

/** What lmms-eval writes where there is no number: splits whose answers are not public are only packed for submission. */
const Absent = [Type.Null(), Type.Literal('N/A'), Type.Literal('[]'), Type.Literal(''), Type.Array(Type.Never())];
const Value = Type.Union([Type.Number(), ...Absent]);
const StandardError = Type.Union([Type.Number({ minimum: 0 }), ...Absent]);

/**
 * The scores of one task of lmms-eval. A metric without a number is left out and named.
 *
 * @throws SkiagramError `results-malformed`
 */
export function readLmmsMetrics(
  results: Results,
  task: string,
  file: string,
): { metrics: RawMetric[]; leftOut: LeftOut[] } {
  const metrics: RawMetric[] = [];
  const leftOut: LeftOut[] = [];
  for (const { key, metric, filter, value, stderr } of metricEntries(results, task, file)) {
    const found = checked(Value, value, file, `results.${task}.${key}`);
    const error =
      stderr === undefined ? null : checked(StandardError, stderr.value, file, `results.${task}.${stderr.key}`);
    if (typeof found !== 'number') {
      leftOut.push({
        what: `${metric} of ${task}`,
        reason: 'no number: lmms-eval only packed answers, or counted 0 as none',
      });
      continue;
    }
    metrics.push({
      metric,
      filter,
      value: found,
      stderr: typeof error === 'number' ? error : null,
      higherIsBetter: direction(results, task, metric),
      unit: lmmsUnit(task, metric),
    });
  }
  return { metrics, leftOut };
}
