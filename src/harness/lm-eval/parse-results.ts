import { SkiagramError } from '../../base/error.ts';
import { parsePythonJson } from '../source/python-json.ts';
import { object } from './shape.ts';

/**
 * The content of a results file, checked to be lm-eval's.
 *
 * @param name shown in errors
 * @throws SkiagramError `results-unreadable` (no JSON, another format) or `results-predict-only`
 */
export function parseResults(text: string, name: string): Readonly<Record<string, unknown>> {
  let parsed: unknown;
  try {
    parsed = parsePythonJson(text).value;
  } catch (cause) {
    throw new SkiagramError({
      code: 'results-unreadable',
      message: `${name} is not JSON: ${text.trim() === '' ? 'it is empty' : (cause as Error).message}`,
      hint: 'The file may be cut short: copy it again or run the harness again.',
    });
  }
  const value = object(parsed, name, '');
  const results = object(value.results, name, 'results');
  const known = 'lm_eval_version' in value || ('configs' in value && 'n-shot' in value) || 'config' in value;
  if (!known)
    throw new SkiagramError({
      code: 'results-unreadable',
      message: `${name} does not look like results of lm-eval: lm_eval_version, configs and config are all missing.`,
      hint: 'If another harness wrote it, import it under that harness.',
    });
  for (const [task, metrics] of Object.entries(results)) {
    const faked = Object.keys(object(metrics, name, `results.${task}`)).some(
      (key) => key.split(',', 1)[0] === 'bypass',
    );
    if (faked)
      throw new SkiagramError({
        code: 'results-predict-only',
        message: `${name} comes from a run with --predict_only: '${task}' has no scores, only a placeholder of 999.`,
        hint: 'Run the harness without --predict_only.',
      });
  }
  return value;
}
