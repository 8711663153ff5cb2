import { isMinor } from '../../base/minor-settings.ts';
import type { RawRun } from '../raw-run.ts';
import { hashOf } from '../source/hash-of.ts';
import { isIdentity } from '../source/is-identity.ts';
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
  return Object.fromEntries(
    entries.filter(([key, value]) => !isIdentity(key) && !isPlace(value)).map(([key, value]) => [key, scalar(value)]),
  );
}

/** Equal hashes mean the same solvers with the same prompts, the same scorers, task arguments and bounds. */
export function taskHash({ eval: run, plan }: InspectLog): string {
  const steps = (plan?.steps ?? []).map(({ solver, params }) => [solver, params ?? {}]);
  const scorers = (run.scorers ?? []).map(({ name, options }) => [name, options ?? {}]);
  const limits = bounds.map((key) => own(run.config, key));
  return hashOf(decisive([steps, plan?.config ?? {}, run.task_args ?? {}, limits, scorers]));
}

/**
 * The model that judged the answers, where a scorer asks one: the role `grader`, else the model that a scorer was given.
 * Null where none is named; a scorer that asks the model under test then judges its own answers.
 */
export function judgeOf({ eval: run }: InspectLog): string | null {
  const role = run.model_roles?.grader?.model;
  const given = (run.scorers ?? []).flatMap(({ options }) => own(options ?? {}, 'model') ?? []);
  const names = [...new Set([role ?? [], given].flat())].filter((name) => typeof name === 'string');
  return names.length === 0 ? null : names.sort().join(' and ');
}

/** Places differ between machines, and what runs at once between days: neither says anything of a prompt. */
function decisive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decisive);
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .filter(([key]) => !isMinor(key))
      .sort(([one], [two]) => (one < two ? -1 : 1))
      .map(([key, inner]) => [key, decisive(inner)]);
  return isPlace(value) ? null : value;
}

function own(record: object, key: string): unknown {
  return Object.hasOwn(record, key) ? (record as Record<string, unknown>)[key] : null;
}

function scalar(value: unknown): RawRun['settings'][string] {
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : (value as string | number | boolean);
}
