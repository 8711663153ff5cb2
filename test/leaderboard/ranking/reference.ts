import { readFileSync } from 'node:fs';
import { type Estimates, square } from '../../../src/leaderboard/ranking/estimates.ts';

interface Joint {
  readonly values: readonly (readonly number[])[];
  readonly clusters: readonly string[];
  readonly means: readonly number[];
  readonly pairErrors: Readonly<Record<string, number>>;
  readonly adjusted: Readonly<Record<string, number>>;
  readonly ranks: readonly (readonly [number, number])[];
}

/** What numpy, scipy and statsmodels say; test/reference/make_leaderboard_reference.py wrote it. */
export const reference = JSON.parse(readFileSync(new URL('reference.json', import.meta.url), 'utf8')) as {
  readonly single: Joint;
  readonly clustered: Joint;
  readonly critical: Readonly<Record<string, number>>;
  readonly holm: {
    readonly values: readonly number[];
    readonly variances: readonly number[];
    readonly dfs: readonly number[];
    readonly adjusted: Readonly<Record<string, number>>;
  };
  readonly letters: readonly {
    readonly models: number;
    readonly differing: readonly (readonly [number, number])[];
    readonly groups: readonly (readonly number[])[];
  }[];
  readonly shrinkage: Noisy & { readonly shrunken: readonly number[] };
  readonly first: Noisy & { readonly shares: readonly number[] };
  readonly weightings: { readonly families: readonly (readonly number[])[]; readonly shares: readonly number[] };
};

interface Noisy {
  readonly values: readonly number[];
  readonly covariance: readonly (readonly number[])[];
}

/** Estimates with known noise. */
export function known({ values, covariance }: Noisy): Estimates {
  const entry = (a: number, b: number): number => covariance[a]?.[b] ?? 0;
  return {
    values,
    covariance,
    variances: values.map((_, model) => entry(model, model)),
    dfs: values.map(() => Number.POSITIVE_INFINITY),
    pairVariances: square(values.length, (a, b) => entry(a, a) + entry(b, b) - 2 * entry(a, b)),
    pairDfs: square(values.length, () => Number.POSITIVE_INFINITY),
    shared: true,
  };
}
