import { maybeObject, own } from './shape.ts';

/**
 * Is this the content of a results file of lm-eval, and not of one of its forks (lmms-eval, lighteval)?
 *
 * Files of 0.4 name their version or hold `configs`; those of 0.3 hold one `config` of the whole run.
 */
export function isLmEval(value: unknown, name = ''): boolean {
  const file = maybeObject(value);
  if (!file || !maybeObject(own(file, 'results')) || isLmmsEval(file, name)) return false;
  if (Object.hasOwn(file, 'config_general') || Object.hasOwn(file, 'summary_general')) return false;
  if (Object.hasOwn(file, 'lm_eval_version') || (Object.hasOwn(file, 'configs') && Object.hasOwn(file, 'n-shot')))
    return true;
  const config = maybeObject(own(file, 'config'));
  return config !== undefined && (Object.hasOwn(config, 'bootstrap_iters') || Object.hasOwn(config, 'model_args'));
}

/**
 * lmms-eval keeps the layout of lm-eval but not its version. It gives its tasks arguments of their own and puts the time
 * first in the name of a file: `20260102_030405_results.json`.
 */
export function isLmmsEval(value: unknown, name = ''): boolean {
  const file = maybeObject(value);
  if (!file || !maybeObject(own(file, 'results')) || Object.hasOwn(file, 'lm_eval_version')) return false;
  if (Object.hasOwn(file, 'lmms_eval_version')) return true;
  const configs = maybeObject(own(file, 'configs'));
  if (configs && /(?:^|\/)\d{8}_\d{6}_results\.json$/.test(name)) return true;
  return Object.values(configs ?? {}).some(
    (config) => maybeObject(config) !== undefined && Object.hasOwn(Object(config), 'lmms_eval_specific_kwargs'),
  );
}
