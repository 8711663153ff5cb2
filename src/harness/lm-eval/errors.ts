import { SkiagramError } from '../../base/error.ts';
import { redact } from '../../process/redact.ts';
import { workerLost } from '../../process/watchdog.ts';
import { type Explanation, errorRules, type FailedRun, firstLine } from './error-rules.ts';
import { lastException, type PythonFailure } from './traceback.ts';

/** Lines of stderr that go into an error's cause. */
export const keptLines = 40;

/**
 * Says in Skiagram's words why lm-eval failed. Codes: `harness-missing`, `harness-package-missing`, `task-unknown`,
 * `task-duplicate`, `task-data-missing`, `task-unloadable`, `checkpoint-unloadable`, `dataset-offline`,
 * `device-unavailable`, `harness-out-of-memory`, `disk-full`, `harness-timeout`, `harness-killed`, `harness-output-unwritable`,
 * `harness-failed`, `model-type-unknown`, `task-unsafe`, `task-unsupported`, `settings-conflict`, `server-unreachable`,
 * `api-key-missing`.
 * The cause holds the last lines of stderr, credentials removed.
 */
export function lmEvalError(run: FailedRun): SkiagramError {
  const { code, message, hint } = endOfProcess(run) ?? endOfPython(run, lastException(run.stderr));
  const tail = run.stderr.slice(-keptLines);
  const cause = tail.length > 0 ? tail.join('\n') : run.ended.failure;
  return new SkiagramError({
    code,
    message: redact(message),
    hint,
    ...(cause === undefined ? {} : { cause: redact(cause) }),
  });
}

function endOfProcess({ ended, python, timeoutMs, stderr, stderrFile }: FailedRun): Explanation | undefined {
  if (ended.by === 'spawn')
    return {
      code: 'harness-missing',
      message: `The harness could not be started: there is no runnable Python at ${python}.`,
      hint: 'Run `skiagram setup`, or name a Python that has lm_eval.',
    };
  if (ended.by === 'timeout')
    return {
      code: 'harness-timeout',
      message: `lm-eval was stopped after ${Math.round((timeoutMs ?? 0) / 1000)} s, the time limit of this suite.`,
      hint: 'Raise the time limit, lower `limit`, or raise `batch_size`. Answers given so far are cached if a cache is on.',
    };
  if (ended.failure !== undefined)
    return {
      code: 'harness-output-unwritable',
      message: `lm-eval was stopped because its output could not be kept: ${ended.failure}.`,
      hint: 'Check permissions and free space of the run folder, then run again.',
    };
  const lost = stderr.findLast((line) => line.startsWith(workerLost));
  if (lost !== undefined)
    return {
      code: 'harness-killed',
      message: `lm-eval was stopped because one of its worker processes was ended from outside ${lost.slice(workerLost.length).trim()}; it would have waited for ever.`,
      hint: 'A system that is out of memory kills this way. Run again with --resume: answers given so far are kept.',
    };
  if (ended.signal !== undefined)
    return {
      code: 'harness-killed',
      message: `lm-eval was ended from outside by ${ended.signal}.`,
      hint:
        ended.signal === 'SIGKILL'
          ? 'A system that is out of memory kills this way: lower `batch_size` or use a smaller dtype, then run again.'
          : `Run again; what it had written is in ${stderrFile}.`,
    };
  return undefined;
}

function endOfPython(run: FailedRun, failure: PythonFailure): Explanation {
  for (const rule of errorRules) {
    const explained = rule(failure, run);
    if (explained) return explained;
  }
  const said = failure.exception === undefined ? run.stderr.at(-1) : `${failure.exception}: ${failure.message}`;
  return {
    code: 'harness-failed',
    message: `lm-eval ended with exit code ${run.ended.exitCode ?? 'unknown'}${said ? `: ${firstLine(said)}` : ' and said nothing'}.`,
    hint: `The whole output is in ${run.stderrFile}.`,
  };
}
