import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { SkiagramError } from '../../base/error.ts';
import { type BackEnd, backEnd } from './back-ends.ts';

/** Where a checkpoint lies, as lm-eval has to be told. */
export interface WeightsPlace {
  /** Folder or file. */
  readonly path: string;
  /** Folder of the model that an adapter belongs to. */
  readonly base?: string | undefined;
}

/**
 * The model arguments that hand a checkpoint to a back end; none for servers. A LoRA adapter goes beside its base, because
 * transformers alone would load the base that the adapter's settings name, which may be another one than was
 * fingerprinted. A merged adapter is a checkpoint like any other.
 *
 * @throws SkiagramError `checkpoint-unloadable` where this back end cannot load this kind of checkpoint
 */
export async function weightArguments(model: string, { path, base }: WeightsPlace): Promise<Record<string, string>> {
  const type = backEnd(model);
  if (type.argument === undefined) return {};
  const local = resolve(path);
  const has = (name: string): Promise<boolean> =>
    stat(join(local, name)).then(
      () => true,
      () => false,
    );
  const isFile = (await stat(local).catch(() => undefined))?.isFile() ?? false;
  if (isFile) return { [type.argument]: dirname(local), ...fileArguments(model, type, local) };
  const isAdapter = (await has('adapter_config.json')) && !(await has('config.json'));
  if (!isAdapter) return { [type.argument]: local };
  if (type.adapter === undefined || base === undefined)
    throw unloadable(
      base === undefined
        ? `${local} is an adapter, and the base that it was opened on is not known`
        : `${local} is an adapter, which model type '${model}' does not take beside its base`,
      base === undefined ? 'Name the base in the config.' : 'Merge it into its base first, or use `model: hf`.',
    );
  return { [type.argument]: resolve(base), [type.adapter]: local };
}

/** What tells the back end which file of the folder is meant. */
function fileArguments(model: string, { kind, argument }: BackEnd, file: string): Record<string, string> {
  const name = basename(file);
  if (/\.gguf$/i.test(name) && kind === 'transformers') return { gguf_file: name };
  if (/\.gguf$/i.test(name) && kind === 'engine' && argument !== undefined) return { [argument]: file };
  // transformers looks for this name first, so nothing else in the folder can be taken instead.
  if (name === 'model.safetensors' && kind !== 'converted') return {};
  throw unloadable(
    `Model type '${model}' loads folders, and would not know that ${name} is meant`,
    'Put the file into a folder of its own as model.safetensors, with config.json and the tokenizer.',
  );
}

function unloadable(what: string, hint: string): SkiagramError {
  return new SkiagramError({ code: 'checkpoint-unloadable', message: `${what}.`, hint });
}
