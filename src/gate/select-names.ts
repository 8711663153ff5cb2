import { didYouMean } from '../base/did-you-mean.ts';

/**
 * Names that a rule means among those that are there. A name or pattern that means none throws with the nearest one: a rule that
 * finds nothing to judge must not pass in silence.
 *
 * @throws Error in words for the outcome `error`
 */
export function selectNames(wanted: unknown, known: readonly string[], what: string): string[] {
  const patterns = (Array.isArray(wanted) ? wanted : [wanted]).map(String);
  const chosen = new Set<string>();
  for (const pattern of patterns) {
    const found = known.includes(pattern) ? [pattern] : known.filter((name) => matches(name, pattern));
    if (found.length === 0) {
      const meant = pattern.includes('*') ? undefined : didYouMean(pattern, known);
      const shown = known.length === 0 ? 'there is none' : `there are ${known.slice(0, 12).join(', ')}`;
      const rest = known.length > 12 ? ` and ${known.length - 12} more` : '';
      throw new Error(
        `No ${what} "${pattern}" was compared${meant ? `; did you mean "${meant}"?` : `; ${shown}${rest}.`}`,
      );
    }
    for (const name of found) chosen.add(name);
  }
  return [...chosen];
}

/** `*` stands for any characters. Walks both strings once and back-tracks to the last star only, so no pattern is slow. */
export function matches(name: string, pattern: string): boolean {
  let [at, place, star, mark] = [0, 0, -1, 0];
  while (at < name.length) {
    if (pattern[place] === '*') {
      star = place++;
      mark = at;
    } else if (pattern[place] === name[at]) {
      at++;
      place++;
    } else if (star >= 0) {
      place = star + 1;
      at = ++mark;
    } else return false;
  }
  while (pattern[place] === '*') place++;
  return place === pattern.length;
}
