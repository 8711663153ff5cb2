import type { RawRun } from '../raw-run.ts';
import { hashOf } from '../source/hash-of.ts';
import { isIdentity } from '../source/is-identity.ts';
import { isPlace } from '../source/is-place.ts';
import type { EvalRecord, EvalResult } from './record.ts';

/**
 * How the answers were generated: what is the same for all results of a record are settings of the run; what differs
 * belongs to the tasks, as a hash each (null where nothing differs). Commands and paths are left out.
 */
export function readSettings(record: EvalRecord): {
  settings: RawRun['settings'];
  hashes: readonly (string | null)[];
} {
  const all = record.evaluation_results.map(given);
  const [first = new Map<string, string>()] = all;
  const common = [...first].filter(([key, value]) => all.every((args) => args.get(key) === value));
  const isCommon = new Set(common.map(([key]) => key));
  const own = all.map((args) => [...args].filter(([key]) => !isCommon.has(key)));
  return {
    settings: Object.fromEntries([
      ['library', record.eval_library.name],
      ...common.map(([key, json]) => [`generation.${key}`, scalar(json)]),
    ]),
    hashes: own.map((args) => (args.length === 0 ? null : hashOf(args))),
  };
}

/** Arguments by name, in order, as JSON. */
function given({ generation_config: config }: EvalResult): Map<string, string> {
  const args = Object.entries(config?.generation_args ?? {}).sort(([one], [two]) => (one < two ? -1 : 1));
  return new Map(
    args
      .filter(([key, value]) => !isIdentity(key) && value !== null && !isPlace(value))
      .map(([key, value]) => [key, JSON.stringify(value)]),
  );
}

function scalar(json: string): RawRun['settings'][string] {
  const value: unknown = JSON.parse(json);
  return typeof value === 'object' && value !== null ? json : (value as string | number | boolean);
}
