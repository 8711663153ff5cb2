import { at, type Estimates, type Square, square } from './estimates.ts';

/** A part of a weighted sum over independent tasks. */
export interface Weighted {
  readonly weight: number;
  readonly estimates: Estimates;
}

/**
 * Σ weight · estimates over tasks whose items are independent of each other: variances add with squared weights, and
 * degrees of freedom by Satterthwaite. With weights 1/T it is the mean of T tasks. Items count as shared where they are in
 * every task.
 *
 * @param parts at least one, all of the same models in the same order
 */
export function combine(parts: readonly Weighted[]): Estimates {
  const models = parts[0]?.estimates.values.length ?? 0;
  const total = (pick: (estimates: Estimates) => number): number =>
    parts.reduce((sum, { weight, estimates }) => sum + weight * pick(estimates), 0);
  const squares = (pick: (estimates: Estimates) => number): number =>
    parts.reduce((sum, { weight, estimates }) => sum + weight ** 2 * pick(estimates), 0);
  const table = (of: (estimates: Estimates) => Square): number[][] =>
    square(models, (a, b) => squares((estimates) => at(of(estimates), a, b)));
  const freedom = (variance: (estimates: Estimates) => number, df: (estimates: Estimates) => number): number => {
    const uncertain = parts.reduce(
      (sum, { weight, estimates }) => sum + (weight ** 2 * variance(estimates)) ** 2 / df(estimates),
      0,
    );
    return uncertain === 0 ? Number.POSITIVE_INFINITY : squares(variance) ** 2 / uncertain;
  };
  const each = Array.from({ length: models }, (_, model) => model);
  return {
    values: each.map((model) => total((estimates) => estimates.values[model] ?? 0)),
    covariance: table((estimates) => estimates.covariance),
    variances: each.map((model) => squares((estimates) => estimates.variances[model] ?? 0)),
    dfs: each.map((model) =>
      freedom(
        (estimates) => estimates.variances[model] ?? 0,
        (estimates) => estimates.dfs[model] ?? Number.POSITIVE_INFINITY,
      ),
    ),
    pairVariances: table((estimates) => estimates.pairVariances),
    pairDfs: square(models, (a, b) =>
      a === b
        ? Number.POSITIVE_INFINITY
        : freedom(
            (estimates) => at(estimates.pairVariances, a, b),
            (estimates) => at(estimates.pairDfs, a, b),
          ),
    ),
    shared: parts.every(({ estimates }) => estimates.shared),
  };
}

/** The same estimates of some of the models, in the order asked for. */
export function only(estimates: Estimates, models: readonly number[]): Estimates {
  const pick = <T>(list: readonly T[]): T[] => models.map((model) => list[model] as T);
  const pickSquare = (table: Square): number[][] => pick(table).map((row) => pick(row));
  return {
    values: pick(estimates.values),
    covariance: pickSquare(estimates.covariance),
    variances: pick(estimates.variances),
    dfs: pick(estimates.dfs),
    pairVariances: pickSquare(estimates.pairVariances),
    pairDfs: pickSquare(estimates.pairDfs),
    shared: estimates.shared,
  };
}
