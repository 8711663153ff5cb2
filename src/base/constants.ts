/**
 * Every threshold of the method, with where it comes from. Printed in each report and part of each dossier.
 * `paper` = stated in arXiv 2604.07363; `ours` = our choice, with operating characteristics in docs/METHOD.
 */
export const defaultConstants = {
  /** κ-points a family must rise to count as a gain. */
  gain_margin: 2,
  /** Raw points a family may fall below the base and still count as not inferior (METHOD § 7.1). */
  gate_margin: 2,
  /** κ-points of shadow contrast below which families are called even. */
  contrast_margin: 5,
  /** Level of each of the four asymmetry tests (intersection–union, so no further correction). */
  alpha_test: 0.04,
  /** Share of the targeted gain that the coverage families must show to be called transferring. */
  transfer_fraction: 0.5,
  /** Reference κ above which a family has no room to show transfer. */
  ceiling: 0.9,
  /** κ below which a family is at the floor. */
  floor: 0.05,
  /** False discovery rate over families, and over layers. */
  bh_q: 0.05,
  /** Largest p of p_asymmetric over single-task removals. */
  leave_one_out_p: 0.1,
  permutations: 20_000,
  bootstrap: 2_000,
  min_task_df: 5,
  min_families: 3,
  /** Relative change at which regimes change: minimal | conservative | moderate | deep. */
  regime_conservative: 0.05,
  regime_moderate: 0.5,
  regime_deep: 1.0,
  /** A deep layer also needs a correlation below this. */
  deep_correlation: 0.5,
  /** From this aligned correlation on a matrix with a raw one below `deep_correlation` has only changed coordinates. */
  recoordinatised: 0.9,
  D_limited: 0.1,
  D_deep: 0.35,
  G_inert: 0.2,
  share_moved_limited: 0.1,
  share_deep: 0.25,
  /** Unit of the geometry score, in ln effective rank. */
  geometry_scale: 0.05,
  /** Below this relative change two matrices are the same within bf16 storage. */
  storage_noise: 0.005,
  alpha_low: 2,
  alpha_high: 6,
  tail_high: 10,
  /** Percent of matrices with α in [2, 6] at which Table 1 turns green, and below which it is red. */
  share_green: 78,
  share_red: 70,
  /** Points of share by which a run may differ from its reference and still count as equal. */
  trend_tolerance: 0,
  /** Times the reference run's change variance from which it counts as amplified (Figure 3). */
  variance_amplified: 1.3,
  /** An interval between checkpoints stands out from this many times the others' median rate of change … */
  phase_ratio: 2,
  /** … and this many robust deviations of their logarithms, with at least so many intervals. */
  phase_deviations: 5,
  phase_intervals: 4,
  /** Layers needed for an interval over depth. */
  min_layers: 8,
} as const satisfies Record<string, number>;

export type Constants = { readonly [Key in keyof typeof defaultConstants]: number };

/** Which constants the paper states; the rest are ours. */
export const fromPaper: readonly (keyof Constants)[] = [
  'alpha_low',
  'alpha_high',
  'tail_high',
  'share_green',
  'share_red',
  'variance_amplified',
];
