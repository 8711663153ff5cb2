import type Type from 'typebox';
import { SkiagramError } from '../../base/error.ts';
import { pathText, problemsOf } from '../../base/validate.ts';

/**
 * A parsed value, checked to be what the format says. Schemas of readers name only what is read and stay open
 * (`additionalProperties` unset): other versions of a harness write other keys.
 *
 * @param file name of the file, for the error
 * @param at where `value` sits in the file, e.g. `results[3]`; empty for the top
 * @throws SkiagramError `results-malformed`: `log.json: eval.task: must be string; received 3.`
 */
export function checked<Schema extends Type.TSchema>(
  schema: Schema,
  value: unknown,
  file: string,
  at = '',
): Type.Static<Schema> {
  const [problem] = problemsOf(schema, value);
  if (problem === undefined) return value as Type.Static<Schema>;
  const inner = problem.path.length === 0 ? '' : pathText(problem.path);
  const joint = at !== '' && inner !== '' && !inner.startsWith('[') ? '.' : '';
  throw new SkiagramError({
    code: 'results-malformed',
    message: `${file}: ${`${at}${joint}${inner}` || 'the top'}: ${problem.message}`,
    hint: 'The file may be cut short, edited, or written by another program or another version of it.',
  });
}
