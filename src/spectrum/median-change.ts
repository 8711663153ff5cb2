import { medianSorted } from 'simple-statistics';

/**
 * Median over the entries of |w − w₀|/|w₀|: how far the typical weight moved, whatever the large ones did. An entry that left
 * 0 counts as infinite, one that stayed 0 as unmoved. Empty matrices give 0.
 */
export function medianChange(reference: Float64Array, subject: Float64Array): number {
  const changes = reference.map((before, index) => relative(before, subject[index] as number)).sort();
  return changes.length === 0 ? 0 : medianSorted(changes as unknown as number[]);
}

function relative(before: number, after: number): number {
  return before === after ? 0 : Math.abs(after - before) / Math.abs(before);
}
