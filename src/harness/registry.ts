import { readLmEval } from './lm-eval/read.ts';
import { type LmEvalFiles, type LmEvalRun, runLmEval } from './lm-eval/run.ts';
import type { RawRun } from './raw-run.ts';
import type { ReadOptions } from './reader.ts';

/** One harness whose results Skiagram reads, and where it can, runs. */
export interface Harness {
  readonly title: string;
  /** Reads the results of one checkpoint into the normal form. */
  readonly read: (path: string, options: ReadOptions) => Promise<RawRun>;
  /** Absent for harnesses that are only read. */
  readonly run?: (request: LmEvalRun) => Promise<LmEvalFiles>;
}

/** Every harness by its id in the config. */
export const harnesses = {
  'lm-eval': { title: 'lm-evaluation-harness', read: readLmEval, run: runLmEval },
} as const satisfies Record<string, Harness>;

export type HarnessId = keyof typeof harnesses;
