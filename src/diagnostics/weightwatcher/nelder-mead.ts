const tolerance = 1e-4;
const mostSteps = 200;

/**
 * Nelder–Mead in one dimension with the constants and stopping rule of scipy.optimize.fmin (reflection 1, expansion 2,
 * contraction ½, shrink ½; first step 5 % of the start, both tolerances 1e-4), so that it ends at the same point. Gives
 * the abscissa of the least value seen.
 */
export function minimizeScalar(value: (x: number) => number, start: number): number {
  const second = start === 0 ? 0.00025 : 1.05 * start;
  let [best, worst] = ordered({ x: start, y: value(start) }, { x: second, y: value(second) });
  for (let step = 1; step < mostSteps; step++) {
    if (Math.abs(worst.x - best.x) <= tolerance && Math.abs(worst.y - best.y) <= tolerance) break;
    const at = (x: number): Point => ({ x, y: value(x) });
    const reflected = at(2 * best.x - worst.x);
    let next: Point;
    if (reflected.y < best.y) {
      const expanded = at(3 * best.x - 2 * worst.x);
      next = expanded.y < reflected.y ? expanded : reflected;
    } else {
      const outside = reflected.y < worst.y;
      const contracted = at(outside ? 1.5 * best.x - 0.5 * worst.x : 0.5 * best.x + 0.5 * worst.x);
      const accepted = outside ? contracted.y <= reflected.y : contracted.y < worst.y;
      next = accepted ? contracted : at(best.x + 0.5 * (worst.x - best.x));
    }
    [best, worst] = ordered(best, next);
  }
  return best.x;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The better one first; the first one among equals. */
function ordered(first: Point, second: Point): [Point, Point] {
  return second.y < first.y ? [second, first] : [first, second];
}
