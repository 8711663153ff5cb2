import type { RawRun } from '../raw-run.ts';
import { hashOf } from '../source/hash-of.ts';
import { isPlace } from '../source/is-place.ts';
import type { InspectLog } from './log.ts';

/** Which items were taken. */
const choices = ['limit', 'sample_id', 'sample_shuffle'];

/** How far a solver may go; tasks set these for themselves. */
const bounds = ['message_limit', 'token_limit', 'time_limit', 'working_limit', 'cost_limit'];

/**
 * How the model was run, as far as it may change scores. Places of a machine are left out. What belongs to the task
 * (solvers, arguments, bounds) is in `taskHash`, so that the tasks of one evaluation stay one run.
 */
export function runSettings({ eval: run }: InspectLog): RawRun['settings'] {
  const entries: [string, unknown][] = [
    ...choices.map((key): [string, unknown] => [key, own(run.config, key)]),
    ...Object.entries(run.model_generate_config ?? {}).map(([key, value]): [string, unknown] => [
      `generate.${key}`,
      value,
    ]),
    ...Object.entries(run.model_args ?? {}).map(([key, value]): [string, unknown] => [`model_args.${key}`, value]),
  ];
  return Object.fromEntries(entries.filter(([, value]) => !isPlace(value)).map(([key, value]) => [key, scalar(value)]));
}

/** Equal hashes mean the same solvers with the same prompts, the same task arguments and the same bounds. */
export function taskHash({ eval: run, plan }: InspectLog): string {
  const steps = (plan?.steps ?? []).map(({ solver, params }) => [solver, params ?? {}]);
  const generation = plan?.config ?? {};
  const limits = bounds.map((key) => own(run.config, key));
  return hashOf(withoutPlaces([steps, generation, run.task_args ?? {}, limits]));
}

/** Paths differ between machines and say nothing of a prompt. */
function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces);
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .sort(([one], [two]) => (one < two ? -1 : 1))
      .map(([key, inner]) => [key, withoutPlaces(inner)]);
  return isPlace(value) ? null : value;
}

function own(record: object, key: string): unknown {
  return Object.hasOwn(record, key) ? (record as Record<string, unknown>)[key] : null;
}

function scalar(value: unknown): RawRun['settings'][string] {
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : (value as string | number | boolean);
}
