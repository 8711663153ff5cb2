import type { RawMetric } from '../raw-run.ts';
import { malformed } from '../source/malformed.ts';
import type { TaskConfig } from './results-file.ts';

/** A metric with whether its score is the mean of its per-sample values. */
export interface MetricRow extends RawMetric {
  readonly isMean: boolean;
}

/** Metrics that lighteval averages; asked only where the file does not say. */
const meansByDefault = new Set(['acc', 'acc_norm', 'em', 'qem', 'pem', 'f1', 'mc1', 'mc2', 'exact_match']);

/**
 * The scores of one task: `acc` with its standard error `acc_stderr`. Scales are those of lighteval, which like lm-eval
 * writes shares of 1 except for corpus metrics.
 *
 * @throws SkiagramError `results-malformed` for a score that is no number
 */
export function readMetrics(
  entries: Readonly<Record<string, unknown>>,
  config: TaskConfig | undefined,
  { file, at }: { file: string; at: string },
): MetricRow[] {
  const isError = (key: string): boolean =>
    key.endsWith('_stderr') && Object.hasOwn(entries, key.slice(0, -'_stderr'.length));
  return Object.entries(entries)
    .filter(([key]) => !isError(key))
    .map(([metric, value]) => {
      const stderr = Object.hasOwn(entries, `${metric}_stderr`) ? entries[`${metric}_stderr`] : null;
      const declared = [...(config?.metrics ?? []), ...(config?.metric ?? [])].find(({ metric_name }) =>
        [metric_name].flat().includes(metric),
      );
      const direction = declared?.higher_is_better ?? null;
      const read = {
        metric,
        filter: 'none',
        value: number(value, file, `${at}.${metric}`),
        stderr: number(stderr, file, `${at}.${metric}_stderr`),
        higherIsBetter: typeof direction === 'object' && direction !== null ? (direction[metric] ?? null) : direction,
        isMean: isMean(metric, declared?.corpus_level_fn),
      };
      if (read.stderr !== null && read.stderr < 0)
        throw malformed(file, `${at}.${metric}_stderr`, `a standard error is not negative; received ${read.stderr}`);
      return read;
    });
}

function isMean(metric: string, corpusFunction: unknown): boolean {
  if (typeof corpusFunction === 'string') return /^(?:np\.|numpy\.)?mean$/.test(corpusFunction);
  return meansByDefault.has(metric);
}

function number(value: unknown, file: string, at: string): number | null {
  if (value === null || value === 'N/A') return null;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw malformed(file, at, `must be a number; received ${JSON.stringify(value)?.slice(0, 60)}`);
}
