import type { Family } from './family.ts';

/** The families that results are read in: only tasks that the results hold, each with the one metric chosen for it. */
export interface Taxonomy {
  readonly families: readonly Family[];
  readonly axis: Axis;
  /** Tasks of the results that do not count although they are known, and why: groups beside their parts, second forms. */
  readonly leftOut?: readonly { readonly task: string; readonly reason: string }[];
}

/** Two groups of families, named before the scores were seen. Undeclared when either is empty. */
export interface Axis {
  readonly declared: boolean;
  readonly targeted: readonly string[];
  readonly coverage: readonly string[];
}
