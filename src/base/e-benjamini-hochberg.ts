/**
 * BH-adjusted values from e-values: an entry at or below q belongs to a set with false discovery rate at most q, whatever
 * the dependence between them (e-BH: Wang & Ramdas, JRSSB 2022). Adjusted value of the k-th largest = min over j ≥ k of
 * F/(j·e₍ⱼ₎), at most 1. In the order of the input.
 */
export function eBenjaminiHochberg(evidence: readonly number[]): number[] {
  const order = evidence.map((value, index) => ({ value, index })).sort((one, two) => one.value - two.value);
  const adjusted = new Array<number>(evidence.length).fill(1);
  let smallest = 1;
  for (const [position, { value, index }] of order.entries()) {
    const rank = evidence.length - position;
    smallest = Math.min(smallest, value > 0 ? evidence.length / (rank * value) : 1);
    adjusted[index] = smallest;
  }
  return adjusted;
}
