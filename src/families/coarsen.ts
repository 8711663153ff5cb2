import type { CoarseDocument } from './families-document.ts';
import type { Family, Side } from './family.ts';
import type { Taxonomy } from './taxonomy.ts';

/**
 * The same tasks under a coarser grouping, for giving a verdict under two taxonomies (METHOD § 8.12). Families that the
 * grouping does not name stay as they are. A group is on a side of the axis where every family in it that has a side is on
 * that one; where its families are on both sides it is on neither, and if a side is left empty the axis is no longer declared.
 */
export function coarsen(taxonomy: Taxonomy, coarse: CoarseDocument): Taxonomy {
  const groupOf = new Map(
    Object.entries(coarse.groups).flatMap(([id, group]) => group.families.map((family) => [family, id] as const)),
  );
  const members = new Map<string, Family[]>();
  for (const family of taxonomy.families) {
    const id = groupOf.get(family.id) ?? family.id;
    members.set(id, [...(members.get(id) ?? []), family]);
  }
  const families = [...members].map(
    ([id, inside]): Family => ({
      id,
      title: coarse.groups[id]?.title ?? inside[0]?.title ?? id,
      side: sideOf(inside),
      tasks: inside.flatMap((family) => family.tasks),
    }),
  );
  const on = (side: Side): string[] => families.filter((family) => family.side === side).map((family) => family.id);
  const [targeted, coverage] = [on('targeted'), on('coverage')];
  return {
    ...taxonomy,
    families,
    axis: {
      declared: taxonomy.axis.declared && targeted.length > 0 && coverage.length > 0,
      targeted,
      coverage,
    },
  };
}

function sideOf(families: readonly Family[]): Side {
  const sides = new Set(families.map((family) => family.side).filter((side) => side !== 'other'));
  return sides.size === 1 ? ([...sides][0] ?? 'other') : 'other';
}
