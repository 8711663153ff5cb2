import { SkiagramError } from '../../base/error.ts';
import type { Ended } from '../process/guarded.ts';
import { redact } from '../process/redact.ts';
import { lastException, type PythonFailure } from './traceback.ts';

/** A run of lm-eval that did not give results. */
export interface FailedRun {
  readonly ended: Ended;
  /** The last lines of stderr, bars left out. */
  readonly stderr: readonly string[];
  readonly python: string;
  readonly checkpointPath: string;
  readonly timeoutMs?: number | undefined;
  /** Where the whole stderr is kept, named in hints. */
  readonly stderrFile: string;
}

/** Lines of stderr that go into an error's cause. */
export const keptLines = 40;

/**
 * Says in Skiagram's words why lm-eval failed. Codes: `harness-missing`, `harness-package-missing`, `task-unknown`,
 * `task-duplicate`, `task-data-missing`, `task-unloadable`, `checkpoint-unloadable`, `dataset-offline`,
 * `device-unavailable`, `harness-out-of-memory`, `disk-full`, `harness-timeout`, `harness-killed`, `harness-failed`.
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

interface Explanation {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

function endOfProcess({ ended, python, timeoutMs, stderrFile }: FailedRun): Explanation | undefined {
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
  for (const rule of rules) {
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

type Rule = (failure: PythonFailure, run: FailedRun) => Explanation | undefined;

/** Tried in order; the first that answers wins. Texts as lm-eval 0.4.13, datasets 5.2 and transformers 5.23 write them. */
const rules: readonly Rule[] = [
  (_, { stderr, python }) => {
    const name = find(stderr, /No module named '?(?<name>[\w.]+)/)?.name;
    if (name === undefined) return undefined;
    if (/^lm_eval(\.|$)/.test(name))
      return {
        code: 'harness-missing',
        message: `lm_eval is not installed for ${python}.`,
        hint: 'Run `skiagram setup`.',
      };
    return {
      code: 'harness-package-missing',
      message: `The Python at ${python} lacks the package '${name}', which this run needs.`,
      hint: `Run \`skiagram setup\` again, or install it: ${python} -m pip install ${name.split('.')[0]}`,
    };
  },
  ({ message }) =>
    message.startsWith('Tasks not found: ')
      ? {
          code: 'task-unknown',
          message: `lm-eval knows no task, group or tag named ${quoted(message.slice('Tasks not found: '.length).split(', '))}.`,
          hint: 'Check the spelling and `include_path`; `skiagram list tasks` shows every name.',
        }
      : undefined,
  ({ message }) => {
    const found = /^Duplicate task '(?<task>[^']*)': found in both '(?<one>[^']*)' and '(?<two>[^']*)'/.exec(
      message,
    )?.groups;
    return found
      ? {
          code: 'task-duplicate',
          message: `Task '${found.task}' is asked for twice: through '${found.one}' and through '${found.two}'.`,
          hint: 'Name the group or the task, not both.',
        }
      : undefined;
  },
  ({ exception, message }) =>
    exception === 'OutOfMemoryError' || /out of memory|DefaultCPUAllocator/i.test(message)
      ? {
          code: 'harness-out-of-memory',
          message: `lm-eval ran out of memory: ${firstLine(message)}`,
          hint: 'Lower `batch_size`, use a smaller dtype, or another device.',
        }
      : undefined,
  ({ message }) =>
    /not compiled with CUDA|no NVIDIA driver|CUDA (?:driver|error: invalid device)|MPS backend/i.test(message)
      ? {
          code: 'device-unavailable',
          message: `The device that the suite asks for cannot be used: ${firstLine(message)}`,
          hint: 'Set `device: cpu`, or install a torch build for this device.',
        }
      : undefined,
  ({ message }) =>
    /No space left on device|Errno 28/.test(message)
      ? {
          code: 'disk-full',
          message: 'lm-eval ran out of disk space.',
          hint: 'Free some space in the run folder, the temporary folder and the Hugging Face cache.',
        }
      : undefined,
  ({ frames, exception, message }, { checkpointPath }) =>
    frames.includes('create_from_arg_obj')
      ? {
          code: 'checkpoint-unloadable',
          message: `lm-eval could not load ${checkpointPath}: ${exception}: ${firstLine(message)}`,
          hint: 'The folder needs config.json, weights and tokenizer files that transformers can read.',
        }
      : undefined,
  ({ message }) => {
    const found = /Couldn't reach '(?<name>[^']*)' on the Hub/.exec(message)?.groups;
    const offline = found !== undefined || /OfflineModeIsEnabled|offline mode is enabled/i.test(message);
    return offline
      ? {
          code: 'dataset-offline',
          message: `The dataset ${found ? `'${found.name}'` : 'of a task'} is not on this machine and could not be fetched.`,
          hint: 'Run once online (`limit: 1` is enough) to cache it, or go on without `--offline`.',
        }
      : undefined;
  },
  ({ exception, message, frames }) => {
    const file = /Unable to find '(?<file>[^']*)'/.exec(message)?.groups?.file;
    return exception === 'FileNotFoundError' && (file !== undefined || frames.includes('download'))
      ? {
          code: 'task-data-missing',
          message: `A task's data file does not exist: ${file ?? firstLine(message)}`,
          hint: 'Relative `data_files` start at `include_path`. One task without data stops the whole run.',
        }
      : undefined;
  },
  ({ exception, message, frames }) =>
    frames.includes('process_tasks') || frames.includes('_load_spec')
      ? {
          code: 'task-unloadable',
          message: `lm-eval could not load a task: ${exception}: ${firstLine(message)}`,
          hint: 'Check the task files under `include_path`.',
        }
      : undefined,
];

function find(lines: readonly string[], pattern: RegExp): Record<string, string> | undefined {
  return lines.map((line) => pattern.exec(line)?.groups).findLast((groups) => groups !== undefined);
}

function firstLine(text: string): string {
  return (text.split('\n', 1)[0] ?? '').slice(0, 400);
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(', ');
}
