/**
 * Benjamini–Hochberg adjusted p values (1995), in the order given: the smallest false discovery rate at which each
 * would be called. `benjaminiHochberg([0.01, 0.04, 0.03])` is `[0.03, 0.04, 0.04]`.
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const order = pValues.map((_, index) => index).sort((a, b) => (pValues[b] ?? 0) - (pValues[a] ?? 0));
  const adjusted = new Array<number>(pValues.length);
  let smallest = 1;
  order.forEach((index, place) => {
    const rank = pValues.length - place;
    smallest = Math.min(smallest, ((pValues[index] ?? 1) * pValues.length) / rank);
    adjusted[index] = smallest;
  });
  return adjusted;
}
