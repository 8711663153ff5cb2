import type { Ended } from '../../process/guarded.ts';
import type { PythonFailure } from './traceback.ts';

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

export interface Explanation {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** Explains a failure of Python, or leaves it to the next rule. */
type Rule = (failure: PythonFailure, run: FailedRun) => Explanation | undefined;

/** Tried in order; the first that answers wins. Texts as lm-eval 0.4.13, datasets 5.2 and transformers 5.23 write them. */
export const errorRules: readonly Rule[] = [
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

export function firstLine(text: string): string {
  return (text.split('\n', 1)[0] ?? '').slice(0, 400);
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(', ');
}
