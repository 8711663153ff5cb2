import type { Family } from '../families/family.ts';

/**
 * A candidate's families with what only the reference has: a benchmark that was dropped since the last release is refused by name,
 * and a rule for all families does not pass because it is gone.
 */
export function withFamiliesOf(own: readonly Family[], other: readonly Family[]): Family[] {
  const known = new Set(own.flatMap(({ tasks }) => tasks.map(({ id }) => id)));
  const gone = other.flatMap((family) => {
    const tasks = family.tasks.filter(({ id }) => !known.has(id));
    return tasks.length > 0 ? [{ ...family, tasks }] : [];
  });
  const grown = own.map((family) => ({
    ...family,
    tasks: [...family.tasks, ...gone.filter(({ id }) => id === family.id).flatMap(({ tasks }) => tasks)],
  }));
  return [...grown, ...gone.filter(({ id }) => !own.some((family) => family.id === id))];
}
