import type { Unit } from '../raw-run.ts';
import { malformed } from '../source/malformed.ts';
import type { EvalResult } from './record.ts';

/**
 * What a score is counted in: `metric_unit` where it is one of ours, else what the range says. A score outside its own
 * range is refused: one of the two is on another scale.
 *
 * @throws SkiagramError `results-malformed`
 */
export function readUnit({ metric_config: config, score_details }: EvalResult, file: string, at: string): Unit {
  const [low, high] = [bound(config.min_score), bound(config.max_score)];
  const { score } = score_details;
  if (low !== null && high !== null && low >= high)
    throw malformed(file, `${at}.metric_config.min_score`, `must be less than max_score; received ${low} and ${high}`);
  const unit = declared(config, low, high);
  const [least, most] = [
    low ?? Number.NEGATIVE_INFINITY,
    high ?? (unit === 'proportion' ? 1 : unit === 'percent' ? 100 : Number.POSITIVE_INFINITY),
  ];
  if (score !== null && (score < least || score > most))
    throw malformed(
      file,
      `${at}.score_details.score`,
      `${score} lies outside the range of the metric (${least} to ${most})`,
    );
  return unit;
}

/** The end of a range; an open one is none. */
function bound(value: number | string | null | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

function declared(config: EvalResult['metric_config'], low: number | null, high: number | null): Unit {
  const unit = config.metric_unit ?? null;
  if (unit === 'proportion' || unit === 'percent' || unit === 'points') return unit;
  if (unit !== null) return 'unknown';
  if (low === 0 && high === 1) return 'proportion';
  if (low === 0 && high === 100) return 'percent';
  if (config.score_type === 'binary' && low === null && high === null) return 'proportion';
  return low !== null && high !== null ? 'points' : 'unknown';
}
