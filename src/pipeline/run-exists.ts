import { exitCodes, SkiagramError } from '../base/error.ts';

/** A run folder that already holds a run, and no word on what to do with it. */
export function runExists(path: string, finished: boolean): SkiagramError {
  return new SkiagramError({
    code: 'run-exists',
    message: `${path} already holds ${finished ? 'a finished run' : 'a run that did not finish'}.`,
    hint: finished
      ? 'Use --fresh to make it anew, --resume to complete it with what the config now adds, or --out for another folder.'
      : 'Use --resume to go on with it, --fresh to start over, or --out for another folder.',
    exitCode: exitCodes.usage,
  });
}
