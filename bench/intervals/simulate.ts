import { type RandomStream, randomStream } from '../../src/base/random.ts';

/** One table of docs/COVERAGE.md. */
export interface Table {
  readonly title: string;
  /** What was simulated and what the rate is a rate of. */
  readonly text: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/** One cell of a simulation: what was varied, and the rates that came out. */
export interface Row {
  readonly labels: readonly string[];
  readonly rates: readonly Rate[];
}

/** How often something held, and where that should lie; without bounds the rate is only shown. */
export interface Rate {
  readonly rate: number;
  readonly runs: number;
  readonly bounds?: readonly [low: number, high: number];
}

/** How much is simulated, and from which seed. */
export interface Size {
  readonly runs: number;
  readonly seed: number;
  /** Only every so many-th cell, for the test. */
  readonly thin: number;
}

/** Where the coverage of a nominal 95 % interval must lie. */
export const coverage = [0.93, 0.97] as const;

/** Where a test at 5 % must reject under no effect. */
export const level = [0.04, 0.06] as const;

/**
 * Runs `once` for every cell; it returns one entry per column: a share between 0 and 1 (an interval that covered is 1).
 * Cells have their own seeds, so that leaving some out changes no other.
 */
export function simulate<Cell>(
  cells: readonly Cell[],
  size: Size,
  labels: (cell: Cell) => readonly string[],
  bounds: (cell: Cell) => readonly (readonly [number, number] | undefined)[],
  once: (cell: Cell, random: RandomStream) => readonly number[],
): Row[] {
  return cells.flatMap((cell, index) => {
    if (index % size.thin !== 0) return [];
    const random = randomStream(size.seed + 7919 * index);
    const sums: number[] = [];
    for (let run = 0; run < size.runs; run++)
      once(cell, random).forEach((value, column) => {
        sums[column] = (sums[column] ?? 0) + value;
      });
    const wanted = bounds(cell);
    const rates = sums.map((sum, column): Rate => {
      const within = wanted[column];
      return { rate: sum / size.runs, runs: size.runs, ...(within ? { bounds: within } : {}) };
    });
    return [{ labels: labels(cell), rates }];
  });
}

/** Every combination of two, three or four lists. */
export function crossed<A, B, C = undefined, D = undefined>(
  a: readonly A[],
  b: readonly B[],
  c: readonly C[] = [undefined as C],
  d: readonly D[] = [undefined as D],
): [A, B, C, D][] {
  return a.flatMap((w) => b.flatMap((x) => c.flatMap((y) => d.map((z): [A, B, C, D] => [w, x, y, z]))));
}

/** Whether a rate lies where it should; true where nothing is asked of it. */
export function holds({ rate, bounds }: Rate): boolean {
  return bounds === undefined || (rate >= bounds[0] && rate <= bounds[1]);
}
