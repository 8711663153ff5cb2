import type { OrderedPair } from './pair-tests.ts';

/** Groups beyond this are not shown: a display of more letters than that says nothing. */
const mostGroups = 400;

/**
 * Compact letter display: two models share a letter exactly where neither was shown to be better (Piepho 2004, insert and
 * absorb: start from one group of all, split a group at every difference, drop groups inside others). Letters run from the
 * group of the best model down. With 3 > 1 alone shown of three models: `a`, `ab`, `b`.
 *
 * Undefined where there would be more than 400 groups, which takes differences in no order at all.
 *
 * @param values scores, which only order the letters
 */
export function compactLetters(
  values: readonly number[],
  pairs: readonly OrderedPair[],
  level: number,
): string[] | undefined {
  let groups: ReadonlySet<number>[] = [new Set(values.keys())];
  for (const { better, worse, p } of pairs) {
    if (p > level) continue;
    const split = groups.flatMap((group) =>
      group.has(better) && group.has(worse) ? [without(group, worse), without(group, better)] : [group],
    );
    groups = absorbed(split);
    if (groups.length > mostGroups) return undefined;
  }
  const order = [...values.keys()].sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
  const places = (group: ReadonlySet<number>): number[] =>
    order.flatMap((model, place) => (group.has(model) ? [place] : []));
  const sorted = groups
    .map((group) => ({ group, places: places(group) }))
    .sort((one, two) => inOrder(one.places, two.places));
  return values.map((_, model) =>
    sorted.flatMap(({ group }, index) => (group.has(model) ? [letter(index)] : [])).join(''),
  );
}

function without(group: ReadonlySet<number>, model: number): Set<number> {
  const rest = new Set(group);
  rest.delete(model);
  return rest;
}

/** Groups that lie inside no other one. */
function absorbed(groups: readonly ReadonlySet<number>[]): ReadonlySet<number>[] {
  const large = [...groups].sort((one, two) => two.size - one.size);
  const kept: ReadonlySet<number>[] = [];
  for (const group of large) if (!kept.some((other) => inside(group, other))) kept.push(group);
  return kept;
}

function inside(group: ReadonlySet<number>, other: ReadonlySet<number>): boolean {
  for (const model of group) if (!other.has(model)) return false;
  return true;
}

function inOrder(one: readonly number[], two: readonly number[]): number {
  for (const [index, place] of one.entries()) {
    const other = two[index];
    if (other === undefined) return 1;
    if (place !== other) return place - other;
  }
  return one.length - two.length;
}

/** a to z, then a′ to z′, a″ and so on. */
function letter(index: number): string {
  return String.fromCharCode(97 + (index % 26)) + '′'.repeat(Math.floor(index / 26));
}
