import { createHash } from 'node:crypto';
import { isPlace } from '../source/is-place.ts';
import type { Results } from './results-file.ts';
import { modelArgs } from './run-settings.ts';
import { maybeString, own } from './shape.ts';

/** Arguments that can name the weights, in the order in which lm-eval looks for a name. */
const naming = ['peft', 'delta', 'pretrained', 'model', 'path', 'engine'];

/**
 * What the harness called the model: a hub id with its revision, or the name of a folder with a hash of its place, since
 * `checkpoint-500` of two trainings are two models and the place itself is nobody's business. Null where it had no name.
 *
 * @example `lab/model`, `lab/model@step3000`, `checkpoint-500@1a2b3c4d`
 */
export function resultsModel(results: Results): string | null {
  const args = modelArgs(own(results.config, 'model_args'));
  const named = naming.map((key) => args[key]).find((value) => typeof value === 'string' && value !== '');
  const name = maybeString(results.model_name) || maybeString(named);
  if (name === null) return null;
  const revision = maybeString(args.revision) ?? maybeString(own(results.config, 'model_revision'));
  const part = maybeString(args.subfolder) ?? maybeString(args.gguf_file);
  return [
    isPlace(name) ? folderName(name) : name,
    ...(revision === null || revision === '' || revision === 'main' ? [] : [`@${revision}`]),
    ...(part === null || part === '' ? [] : [`#${isPlace(part) ? folderName(part) : part}`]),
  ].join('');
}

function folderName(place: string): string {
  const name =
    place
      .split(/[/\\]/)
      .filter((part) => part !== '')
      .at(-1) ?? 'model';
  return `${name}@${createHash('sha256').update(place).digest('hex').slice(0, 8)}`;
}
