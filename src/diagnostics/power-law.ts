/** Result of the power-law fit of WEIGHTWATCHER.md § 1.6. */
export interface PowerLawFit {
  readonly alpha: number;
  /** One-sided Kolmogorov–Smirnov distance of the chosen tail. */
  readonly D: number;
  /** (alpha − 1)/√tail; not a confidence statement (METHOD § 8.1). */
  readonly sigma: number;
  readonly xmin: number;
  /** Eigenvalues ≥ xmin. */
  readonly num_pl_spikes: number;
}
