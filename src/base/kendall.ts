/**
 * Kendall's rank correlation τ_b of pairs (Kendall 1945): ties on either side count in neither direction and shrink the
 * denominator. Undefined where one side is constant. `kendallTau([[1, 1], [2, 3], [3, 2]])` is 1/3.
 */
export function kendallTau(pairs: readonly (readonly [x: number, y: number])[]): number | undefined {
  let [order, xUntied, yUntied] = [0, 0, 0];
  pairs.forEach(([x, y], index) => {
    for (let other = 0; other < index; other++) {
      const [dx, dy] = [x - (pairs[other]?.[0] ?? 0), y - (pairs[other]?.[1] ?? 0)];
      order += Math.sign(dx) * Math.sign(dy);
      if (dx !== 0) xUntied++;
      if (dy !== 0) yUntied++;
    }
  });
  return xUntied > 0 && yUntied > 0 ? order / Math.sqrt(xUntied * yUntied) : undefined;
}
