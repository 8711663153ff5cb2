import { alpha } from './alpha.ts';
import { alphaFixFingers } from './alpha-fix-fingers.ts';
import { alphaHeterogeneity } from './alpha-heterogeneity.ts';
import { alphaHillHalf } from './alpha-hill-half.ts';
import { alphaMinTail } from './alpha-min-tail.ts';
import { alphaNull } from './alpha-null.ts';
import { alphaOver } from './alpha-over.ts';
import { alphaRangeChange } from './alpha-range-change.ts';
import { alphaShare } from './alpha-share.ts';
import { alphaShareChange } from './alpha-share-change.ts';
import { alphaTailMass } from './alpha-tail-mass.ts';
import { alphaUnder } from './alpha-under.ts';
import { alphaWeighted } from './alpha-weighted.ts';
import { attnMlpAsymmetry } from './attn-mlp-asymmetry.ts';
import { changeVariance } from './change-variance.ts';
import { deltaAlpha } from './delta-alpha.ts';
import { deltaAlphaZ } from './delta-alpha-z.ts';
import { deltaEffectiveRank } from './delta-effective-rank.ts';
import { deltaLogEffectiveRank } from './delta-log-effective-rank.ts';
import { depthScore } from './depth-score.ts';
import type { Diagnostic } from './diagnostic.ts';
import { effectiveRank } from './effective-rank.ts';
import { entropy } from './entropy.ts';
import { geometryScore } from './geometry-score.ts';
import { ksDistance } from './ks-distance.ts';
import { lambdaMinSmallest } from './lambda-min-smallest.ts';
import { logAlphaNorm } from './log-alpha-norm.ts';
import { logNorm } from './log-norm.ts';
import { logSpectralNorm } from './log-spectral-norm.ts';
import { lognormalVsPowerLaw } from './lognormal-vs-power-law.ts';
import { matrixRank } from './matrix-rank.ts';
import { meanAlpha } from './mean-alpha.ts';
import { meanChange } from './mean-change.ts';
import { meanGeometryScore } from './mean-geometry-score.ts';
import { meanRelativeChange } from './mean-relative-change.ts';
import { meanWeightCorrelation } from './mean-weight-correlation.ts';
import { medianRelativeChange } from './median-relative-change.ts';
import { normRatio } from './norm-ratio.ts';
import { numPlSpikes } from './num-pl-spikes.ts';
import { rankLoss } from './rank-loss.ts';
import { regimeShare } from './regime-shares.ts';
import { relativeChange } from './relative-change.ts';
import { scaleFreeChange } from './scale-free-change.ts';
import { sigma } from './sigma.ts';
import { stableRank } from './stable-rank.ts';
import { svMax } from './sv-max.ts';
import { svMin } from './sv-min.ts';
import { weakRankLoss } from './weak-rank-loss.ts';
import { weightCorrelation } from './weight-correlation.ts';
import { xmin } from './xmin.ts';

/** Every diagnostic, in the order of reports: matrix, pair, one model, pair of models. The key is the id in artifacts. */
export const diagnostics = {
  alpha,
  D: ksDistance,
  sigma,
  xmin,
  num_pl_spikes: numPlSpikes,
  alpha_min_tail: alphaMinTail,
  alpha_fix_fingers: alphaFixFingers,
  alpha_hill_half: alphaHillHalf,
  lognormal_vs_power_law: lognormalVsPowerLaw,
  alpha_null: alphaNull,
  effective_rank: effectiveRank,
  stable_rank: stableRank,
  lambda_min_smallest: lambdaMinSmallest,
  entropy,
  matrix_rank: matrixRank,
  rank_loss: rankLoss,
  weak_rank_loss: weakRankLoss,
  sv_max: svMax,
  sv_min: svMin,
  log_norm: logNorm,
  log_spectral_norm: logSpectralNorm,
  log_alpha_norm: logAlphaNorm,
  alpha_weighted: alphaWeighted,

  relative_change: relativeChange,
  weight_correlation: weightCorrelation,
  depth_score: depthScore,
  norm_ratio: normRatio,
  scale_free_change: scaleFreeChange,
  change_variance: changeVariance,
  mean_change: meanChange,
  delta_effective_rank: deltaEffectiveRank,
  delta_log_effective_rank: deltaLogEffectiveRank,
  geometry_score: geometryScore,
  delta_alpha: deltaAlpha,
  delta_alpha_z: deltaAlphaZ,
  alpha_range_change: alphaRangeChange,

  alpha_share: alphaShare,
  alpha_tail_mass: alphaTailMass,
  alpha_over: alphaOver,
  alpha_under: alphaUnder,
  mean_alpha: meanAlpha,
  alpha_heterogeneity: alphaHeterogeneity,

  median_relative_change: medianRelativeChange,
  mean_relative_change: meanRelativeChange,
  mean_weight_correlation: meanWeightCorrelation,
  mean_geometry_score: meanGeometryScore,
  share_identical: regimeShare('identical'),
  share_minimal: regimeShare('minimal'),
  share_conservative: regimeShare('conservative'),
  share_moderate: regimeShare('moderate'),
  share_deep: regimeShare('deep'),
  alpha_share_change: alphaShareChange,
  attn_mlp_asymmetry: attnMlpAsymmetry,
} as const satisfies Readonly<Record<string, Diagnostic>>;

export type DiagnosticId = keyof typeof diagnostics;
