/**
 * Holm's adjusted p values (1979), in the order given: the smallest level at which each would be called with the chance
 * of any false call kept. `holm([0.01, 0.04, 0.03])` is `[0.03, 0.06, 0.06]`.
 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, index) => index).sort((a, b) => (pValues[a] ?? 0) - (pValues[b] ?? 0));
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  order.forEach((index, place) => {
    largest = Math.min(1, Math.max(largest, (pValues[index] ?? 1) * (pValues.length - place)));
    adjusted[index] = largest;
  });
  return adjusted;
}
