/** A square table over models, row by row. */
export type Square = readonly (readonly number[])[];

/** Scores of several models in κ-points with everything known of their noise; all arrays are in the order of the models. */
export interface Estimates {
  readonly values: readonly number[];
  /** Covariance of `values` over shared items. Where items are not shared, only its diagonal is filled. */
  readonly covariance: Square;
  /** Squared standard error of each value; never 0, also where all items of a model agree. */
  readonly variances: readonly number[];
  /** Degrees of freedom of `variances`; Infinity where not estimated from few clusters. */
  readonly dfs: readonly number[];
  /** Squared standard error of values[a] − values[b]; never 0 off the diagonal. */
  readonly pairVariances: Square;
  readonly pairDfs: Square;
  /** True where all models answered the same items, so that differences are paired. */
  readonly shared: boolean;
}

/** Entry of a square table. */
export function at(square: Square, row: number, column: number): number {
  return square[row]?.[column] ?? 0;
}

/** Fills a table of the given size. */
export function square(size: number, of: (row: number, column: number) => number): number[][] {
  return Array.from({ length: size }, (_, row) => Array.from({ length: size }, (__, column) => of(row, column)));
}
