import type { RawRun } from '../raw-run.ts';
import { hashOf } from '../source/hash-of.ts';
import { isPlace } from '../source/is-place.ts';
import type { InspectLog } from './log.ts';

/** Keys of `eval.config` that may change a score; the rest says how the log was kept. */
const limits = [
  'limit',
  'sample_id',
  'sample_shuffle',
  'epochs',
  'message_limit',
  'token_limit',
  'time_limit',
  'working_limit',
  'cost_limit',
];

/**
 * How a run was made, as far as it may change scores. Places of a machine are left out; the solvers, which hold the
 * prompts, are kept as a hash.
 */
export function runSettings(log: InspectLog): RawRun['settings'] {
  const { eval: run, plan } = log;
  const entries = [
    ...limits.map((key) => [key, Object.hasOwn(run.config, key) ? (run.config as Record<string, unknown>)[key] : null]),
    ...Object.entries(run.model_generate_config ?? {}).map(([key, value]) => [`generate.${key}`, value]),
    ...Object.entries(run.model_args ?? {}).map(([key, value]) => [`model_args.${key}`, value]),
    ...Object.entries(run.task_args ?? {}).map(([key, value]) => [`task_args.${key}`, value]),
  ] as [string, unknown][];
  const solvers = (plan?.steps ?? []).map(({ solver, params }) => ({ solver, params: params ?? {} }));
  return {
    ...Object.fromEntries(entries.filter(([, value]) => !isPlace(value)).map(([key, value]) => [key, scalar(value)])),
    solvers: solvers.map(({ solver }) => solver).join(', '),
    solvers_sha256: hashOf(solvers),
  };
}

function scalar(value: unknown): RawRun['settings'][string] {
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : (value as string | number | boolean);
}
