import { didYouMean } from '../../base/did-you-mean.ts';
import type { Ended } from '../../process/guarded.ts';
import type { PythonFailure } from './traceback.ts';

/** A run of lm-eval that did not give results. */
export interface FailedRun {
  readonly ended: Ended;
  /** The last lines of stderr, bars left out. */
  readonly stderr: readonly string[];
  readonly python: string;
  readonly checkpointPath: string;
  /** Model type that was asked for. */
  readonly model?: string;
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
  ({ message }, { python }) => {
    const packages = /required packages \[(?<names>[^\]]*)\] are not installed/.exec(message)?.groups?.names;
    return packages === undefined
      ? undefined
      : {
          code: 'harness-package-missing',
          message: `The Python at ${python} lacks what this model type needs: ${packages.replaceAll("'", '')}.`,
          hint: `Install it: ${python} -m pip install ${packages.replaceAll(/[',]/g, '')}`,
        };
  },
  ({ message }, { stderr }) => {
    if (!message.startsWith('Tasks not found: ')) return undefined;
    // Said at log level DEBUG only, which Skiagram asks for.
    const broken = find(stderr, /Skip (?<file>\S+\.ya?ml) \((?<why>.*)/);
    return {
      code: 'task-unknown',
      message: `lm-eval knows no task, group or tag named ${quoted(message.slice('Tasks not found: '.length).split(', '))}.`,
      hint: `${broken ? `The task file ${broken.file} could not be read (${(broken.why ?? '').replace(/\)$/, '')}). ` : ''}Check the spelling and \`include_path\`; \`lm-eval ls tasks\` shows every name.`,
    };
  },
  ({ message }, { model = '' }) => {
    const names = /no model for this name found! Supported model names: (?<names>.*)/.exec(message)?.groups?.names;
    const meant = names === undefined ? undefined : didYouMean(model, names.split(', '));
    return names === undefined
      ? undefined
      : {
          code: 'model-type-unknown',
          message: `lm-eval has no model type '${model}'.`,
          hint: `${meant === undefined ? '' : `Did you mean "${meant}"? `}Known: ${names}.`,
        };
  },
  ({ message }) => {
    const task = /Attempted to run task: (?<task>\S+) which is marked as unsafe/.exec(message)?.groups?.task;
    return task === undefined
      ? undefined
      : {
          code: 'task-unsafe',
          message: `Task '${task}' runs code that the model wrote, which nobody allowed.`,
          hint: 'Set `unsafe_code: true` on the suite if this machine may run it; a container is safer.',
        };
  },
  ({ message }) => {
    const tasks = /Attempted to run tasks: \[(?<tasks>[^\]]*)\] which require multimodal input/.exec(message)?.groups
      ?.tasks;
    return tasks === undefined
      ? undefined
      : {
          code: 'task-unsupported',
          message: `Tasks with images need a model type that takes them: ${tasks}.`,
          hint: 'Set `model: hf-multimodal` or `model: vllm-vlm` on the suite.',
        };
  },
  ({ exception, message }) =>
    exception === 'AssertionError' && message.includes('apply_chat_template')
      ? {
          code: 'settings-conflict',
          message: 'This model type answers chats only, and no chat template is applied.',
          hint: 'Set `apply_chat_template: true` on the suite.',
        }
      : undefined,
  ({ message }) => {
    const name = /API key not found.*`(?<name>\w+)` environment variable/.exec(message)?.groups?.name;
    return name === undefined
      ? undefined
      : {
          code: 'api-key-missing',
          message: `This model type needs a key, and the environment has no ${name}.`,
          hint: `Set ${name} in the environment; never in the config, which is kept with the results.`,
        };
  },
  ({ exception, message }) =>
    exception === 'NotImplementedError' && /loglikelihood/i.test(message)
      ? {
          code: 'task-unsupported',
          message: `A task asks for log-likelihoods, which this model type does not give: ${firstLine(message)}`,
          hint: 'Choose tasks that generate text, or a model type with log-likelihoods (hf, vllm, local-completions).',
        }
      : undefined,
  ({ exception, message }, { model }) =>
    /Failed to get a valid response after|Max retries exceeded|Connection refused|Cannot connect to host/.test(
      message,
    ) && exception !== undefined
      ? {
          code: 'server-unreachable',
          message: `The server that model type '${model}' asks gave no valid answer: ${firstLine(message)}`,
          hint: 'Check `base_url` in `model_args`, and that the server is up.',
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
          hint: 'The folder needs config.json, weights and tokenizer files that transformers can read. Where only the tokenizer is missing, name one with `model_args: {tokenizer: …}`.',
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
