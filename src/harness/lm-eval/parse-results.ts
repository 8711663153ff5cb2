import Type from 'typebox';
import { SkiagramError } from '../../base/error.ts';
import { checked } from '../source/checked.ts';
import { isLmEval } from './is-lm-eval.ts';
import type { Results } from './results-file.ts';
import { ResultsShape } from './results-shape.ts';

/** lm-eval writes when the run began as seconds since 1970. */
const Shape = Type.Intersect([
  ResultsShape,
  Type.Object({ date: Type.Optional(Type.Union([Type.Number(), Type.Null()])) }),
]);

/**
 * The content of a results file, checked to be lm-eval's.
 *
 * @param value the parsed file
 * @param name shown in errors
 * @throws SkiagramError `results-malformed` (another format, or a value of a wrong type) or `results-predict-only`
 */
export function parseResults(value: unknown, name: string): Results {
  const results: Results = checked(Shape, value, name);
  if (!isLmEval(results))
    throw new SkiagramError({
      code: 'results-malformed',
      message: `${name} does not look like results of lm-eval: lm_eval_version, configs and config are all missing.`,
      hint: 'If another harness wrote it, import it under that harness.',
    });
  refusePlaceholders(results, name);
  return results;
}

/** With --predict_only lm-eval writes `bypass: 999` for every task. Throws `results-predict-only`. */
export function refusePlaceholders(results: Results, name: string): void {
  for (const [task, metrics] of Object.entries(results.results as Record<string, object>))
    if (Object.keys(metrics).some((key) => key.split(',', 1)[0] === 'bypass'))
      throw new SkiagramError({
        code: 'results-predict-only',
        message: `${name}: results.${task}: a run with --predict_only has no scores, only a placeholder of 999.`,
        hint: 'Run the harness without --predict_only.',
      });
}
