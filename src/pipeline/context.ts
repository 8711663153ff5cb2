import { performance } from 'node:perf_hooks';
import { type Constants, defaultConstants } from '../base/constants.ts';
import { type ErrorInfo, SkiagramError, toErrorInfo } from '../base/error.ts';
import type { LoadedConfig } from '../config/load.ts';
import type { Manifest } from '../store/manifest.ts';
import type { RunFolder } from '../store/run-folder.ts';
import type { Progress } from './progress.ts';

/** What every stage of one run shares. */
export interface RunContext {
  readonly loaded: LoadedConfig;
  readonly folder: RunFolder;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly jobs: number;
  /** How each stage ended, for the manifest. */
  readonly stages: Manifest['stages'];
}

/** A stage's artifact, or the error that took its place. */
export type Outcome<T> = { readonly value: T } | { readonly error: ErrorInfo };

/** Errors that no other stage can outlive: the output cannot be written, or the user asked to stop. */
const fatal = new Set(['disk-full', 'output-unwritable', 'interrupted', 'artifact-invalid']);

/**
 * Runs one stage on one subject. A failure becomes the stage's result and the rest of the run goes on; only a full
 * disk, an unwritable folder and an interruption end the run. Records the outcome and the time in the manifest.
 */
export async function runStage<T>(
  context: RunContext,
  stage: string,
  subject: string,
  work: () => Promise<{ value: T; reused?: boolean }>,
): Promise<Outcome<T>> {
  const start = performance.now();
  const seconds = (): number => Math.round(performance.now() - start) / 1000;
  try {
    throwIfStopped(context.signal);
    const { value, reused } = await work();
    context.stages.push({ stage, subject, outcome: reused ? 'reused' : 'done', seconds: seconds() });
    return { value };
  } catch (thrown) {
    throwIfStopped(context.signal);
    if (thrown instanceof SkiagramError && fatal.has(thrown.code)) throw thrown;
    const error = toErrorInfo(thrown);
    if (error.code === 'internal' && thrown instanceof Error)
      for (const line of (thrown.stack ?? thrown.message).split('\n')) context.progress.warn(line);
    context.stages.push({ stage, subject, outcome: 'failed', seconds: seconds(), error });
    return { error };
  }
}

/** Throws `interrupted` once the signal has fired, whatever error the interrupted work itself ended with. */
export function throwIfStopped(signal: AbortSignal): void {
  if (!signal.aborted) return;
  throw new SkiagramError({
    code: 'interrupted',
    message: 'Stopped.',
    hint: 'What was finished is kept: run again with --resume to go on.',
    exitCode: 130,
  });
}

/** The method's constants with the config's overrides. */
export function constantsOf({ loaded }: RunContext): Constants {
  const given = Object.entries(loaded.config.thresholds ?? {}).filter(([, value]) => value !== undefined);
  return { ...defaultConstants, ...(Object.fromEntries(given) as Partial<Constants>) };
}
