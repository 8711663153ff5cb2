import { SkiagramError } from '../../base/error.ts';
import { maybeNumber, maybeObject, own } from './shape.ts';

/** A parsed results file of lm-eval; every key may be missing. */
export type Results = Readonly<Record<string, unknown>>;

/**
 * Names of the tasks that hold documents, in the order of the file. Groups repeat their members' scores and are left
 * out. Files of lm-eval 0.3 have no `configs`; there every entry is a task.
 */
export function leafTasks(results: Results): string[] {
  const configs = maybeObject(results.configs);
  const names = Object.keys(maybeObject(results.results) ?? {});
  if (configs) return [...new Set([...names.filter((name) => Object.hasOwn(configs, name)), ...Object.keys(configs)])];
  const groups = new Set([...Object.keys(maybeObject(results.groups) ?? {}), ...groupsWithMembers(results)]);
  return names.filter((name) => !groups.has(name));
}

/** What is in `results` but no leaf task, in the order of the file: groups, whose scores repeat those of their members. */
export function groupNames(results: Results): string[] {
  const leaves = new Set(leafTasks(results));
  return Object.keys(maybeObject(results.results) ?? {}).filter((name) => !leaves.has(name));
}

/**
 * Which of the requested names the results do not cover. A group is covered when all its members are, a tag when some
 * task carries it, a pattern (`mmlu_*`) when something matches. A task named by its file may have any name and is taken as covered.
 */
export function uncovered(results: Results, requested: readonly string[]): string[] {
  const leaves = new Set(leafTasks(results));
  const members = maybeObject(results.group_subtasks) ?? {};
  const names = [...leaves, ...Object.keys(members)];
  const covered = (name: string, seen: ReadonlySet<string>): boolean => {
    if (leaves.has(name) || name.endsWith('.yaml')) return true;
    const children = own(members, name);
    if (Array.isArray(children) && children.length > 0 && !seen.has(name))
      return children.every((child) => covered(String(child), new Set([...seen, name])));
    if (/[*?[]/.test(name)) return names.some((known) => glob(name).test(known));
    return [...leaves].some((leaf) => [own(own(results.configs, leaf), 'tag')].flat().includes(name));
  };
  return requested.flatMap((entry) => entry.split(',')).filter((name) => !covered(name, new Set()));
}

/** Epoch seconds at which the run began; 0 where the file does not say. */
export function resultsDate(results: Results): number {
  return maybeNumber(results.date) ?? 0;
}

/**
 * Refuses results that were stamped with other weights than those they are to be counted for.
 *
 * @throws SkiagramError `fingerprint-mismatch`
 */
export function checkStamp(results: Results, fingerprint: string | null, file: string): void {
  const stamps = Object.values(maybeObject(results.configs) ?? {}).map((config) =>
    own(own(config, 'metadata'), 'skiagram_fingerprint'),
  );
  const other = stamps.find((stamp) => typeof stamp === 'string' && stamp !== fingerprint);
  if (other !== undefined && fingerprint !== null)
    throw new SkiagramError({
      code: 'fingerprint-mismatch',
      message: `${file} scores the weights ${String(other)}, not ${fingerprint}.`,
      hint: 'These results belong to another checkpoint: run the harness again for this one.',
    });
}

function groupsWithMembers(results: Results): string[] {
  return Object.entries(maybeObject(results.group_subtasks) ?? {})
    .filter(([, members]) => Array.isArray(members) && members.length > 0)
    .map(([group]) => group);
}

/** Python's fnmatch for `*` and `?`. */
function glob(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|\\[\]]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`);
}
