import type { Interval } from '../base/measured.ts';
import type { Pairing, TaskGain } from './task-gain.ts';

/** A difference of two scores with its error, in the unit of the score. */
export interface Estimate {
  readonly before: number;
  readonly after: number;
  readonly n: number;
  readonly clusters: number;
  readonly se: number;
  /** Standard error of the log-odds gain. */
  readonly logitSe: number;
  /** Degrees of freedom of both errors, for t; Infinity for normal. */
  readonly df: number;
  readonly logitDf: number;
  readonly kind: TaskGain['se'];
  readonly method: string;
  /** Interval of after − before where a better one than ± t·SE is known. */
  readonly interval?: Interval;
  readonly pairing?: Pairing;
}
