import { alignedCorrelation } from './aligned-correlation.ts';
import { alpha } from './alpha.ts';
import { alphaFixFingers } from './alpha-fix-fingers.ts';
import { alphaHeterogeneity } from './alpha-heterogeneity.ts';
import { alphaHillHalf } from './alpha-hill-half.ts';
import { alphaMinTail } from './alpha-min-tail.ts';
import { alphaMovedShare } from './alpha-moved-share.ts';
import { alphaNull } from './alpha-null.ts';
import { alphaOver } from './alpha-over.ts';
import { alphaRangeChange } from './alpha-range-change.ts';
import { alphaShare } from './alpha-share.ts';
import { alphaShareChange } from './alpha-share-change.ts';
import { alphaSpikes } from './alpha-spikes.ts';
import { alphaSpread } from './alpha-spread.ts';
import { alphaTailMass } from './alpha-tail-mass.ts';
import { alphaUnder } from './alpha-under.ts';
import { alphaWeighted } from './alpha-weighted.ts';
import { attnMlpAsymmetry } from './attn-mlp-asymmetry.ts';
import { attnMlpRankAsymmetry } from './attn-mlp-rank-asymmetry.ts';
import { changeIdentityGap } from './change-identity-gap.ts';
import { changeVariance } from './change-variance.ts';
import { changeVarianceAmplification } from './change-variance-amplification.ts';
import { changeVarianceOrder } from './change-variance-order.ts';
import { changeVarianceOverDepth } from './change-variance-over-depth.ts';
import { changeVarianceOverSteps } from './change-variance-over-steps.ts';
import { changeVariancePerStep } from './change-variance-per-step.ts';
import { changeVarianceUShape } from './change-variance-u-shape.ts';
import { deltaAlpha } from './delta-alpha.ts';
import { deltaAlphaZ } from './delta-alpha-z.ts';
import { deltaEffectiveRank } from './delta-effective-rank.ts';
import { deltaEffectiveRankEigen } from './delta-effective-rank-eigen.ts';
import { deltaLambdaMinOverMean } from './delta-lambda-min-over-mean.ts';
import { deltaLogEffectiveRank } from './delta-log-effective-rank.ts';
import { deltaLogEffectiveRankEigen } from './delta-log-effective-rank-eigen.ts';
import { deltaNumPlSpikes } from './delta-num-pl-spikes.ts';
import { depthScore } from './depth-score.ts';
import type { Diagnostic } from './diagnostic.ts';
import { effectiveRank } from './effective-rank.ts';
import { effectiveRankEigen } from './effective-rank-eigen.ts';
import { effectiveRankOfDelta } from './effective-rank-of-delta.ts';
import { effectiveRankShare } from './effective-rank-share.ts';
import { energy90 } from './energy-90.ts';
import { entropy } from './entropy.ts';
import { geometryScore } from './geometry-score.ts';
import { inertShare } from './inert-share.ts';
import { ksDistance } from './ks-distance.ts';
import { lambdaMinDepthTrend } from './lambda-min-depth-trend.ts';
import { lambdaMinOverMean } from './lambda-min-over-mean.ts';
import { lambdaMinSmallest } from './lambda-min-smallest.ts';
import { lambdaMinSmallestOverN } from './lambda-min-smallest-over-n.ts';
import { logAlphaNorm } from './log-alpha-norm.ts';
import { logNorm } from './log-norm.ts';
import { logSpectralNorm } from './log-spectral-norm.ts';
import { lognormalVsPowerLaw } from './lognormal-vs-power-law.ts';
import { matrixRank } from './matrix-rank.ts';
import { meanAbsoluteChange } from './mean-absolute-change.ts';
import { meanAlpha } from './mean-alpha.ts';
import { meanChange } from './mean-change.ts';
import { meanGeometryScore } from './mean-geometry-score.ts';
import { meanRelativeChange } from './mean-relative-change.ts';
import { meanWeightCorrelation } from './mean-weight-correlation.ts';
import { medianDeltaAlpha } from './median-delta-alpha.ts';
import { medianEntryChange } from './median-entry-change.ts';
import { medianRelativeChange } from './median-relative-change.ts';
import { mpSpikes } from './mp-spikes.ts';
import { noiseLogEffectiveRank } from './noise-log-effective-rank.ts';
import { normRatio } from './norm-ratio.ts';
import { numPlSpikes } from './num-pl-spikes.ts';
import { participationRatio } from './participation-ratio.ts';
import { rankLoss } from './rank-loss.ts';
import { regimeShare } from './regime-shares.ts';
import { relativeChange } from './relative-change.ts';
import { scaleFreeChange } from './scale-free-change.ts';
import { sigma } from './sigma.ts';
import { spectralRelativeChange } from './spectral-relative-change.ts';
import { stableRank } from './stable-rank.ts';
import { subspaceOverlap16 } from './subspace-overlap-16.ts';
import { subspaceOverlap90 } from './subspace-overlap-90.ts';
import { svMax } from './sv-max.ts';
import { svMin } from './sv-min.ts';
import { vUpAsymmetry } from './v-up-asymmetry.ts';
import { weakRankLoss } from './weak-rank-loss.ts';
import { weightCorrelation } from './weight-correlation.ts';
import { weightCosine } from './weight-cosine.ts';
import { xmin } from './xmin.ts';
/** Every diagnostic, in the order of reports: matrix, pair, one model, pair of models, trajectory. The key is the id in artifacts. */
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
  effective_rank_share: effectiveRankShare,
  effective_rank_eigen: effectiveRankEigen,
  participation_ratio: participationRatio,
  mp_spikes: mpSpikes,
  energy_90: energy90,
  stable_rank: stableRank,
  lambda_min_smallest: lambdaMinSmallest,
  lambda_min_smallest_over_n: lambdaMinSmallestOverN,
  lambda_min_over_mean: lambdaMinOverMean,
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
  aligned_correlation: alignedCorrelation,
  depth_score: depthScore,
  weight_cosine: weightCosine,
  change_identity_gap: changeIdentityGap,
  norm_ratio: normRatio,
  scale_free_change: scaleFreeChange,
  change_variance: changeVariance,
  mean_change: meanChange,
  mean_absolute_change: meanAbsoluteChange,
  delta_effective_rank: deltaEffectiveRank,
  delta_log_effective_rank: deltaLogEffectiveRank,
  delta_effective_rank_eigen: deltaEffectiveRankEigen,
  delta_log_effective_rank_eigen: deltaLogEffectiveRankEigen,
  noise_log_effective_rank: noiseLogEffectiveRank,
  geometry_score: geometryScore,
  delta_alpha: deltaAlpha,
  delta_alpha_z: deltaAlphaZ,
  alpha_range_change: alphaRangeChange,
  delta_lambda_min_over_mean: deltaLambdaMinOverMean,
  delta_num_pl_spikes: deltaNumPlSpikes,
  median_entry_change: medianEntryChange,
  spectral_relative_change: spectralRelativeChange,
  effective_rank_of_delta: effectiveRankOfDelta,
  subspace_overlap_16: subspaceOverlap16,
  subspace_overlap_90: subspaceOverlap90,

  alpha_share: alphaShare,
  alpha_tail_mass: alphaTailMass,
  alpha_over: alphaOver,
  alpha_under: alphaUnder,
  mean_alpha: meanAlpha,
  alpha_heterogeneity: alphaHeterogeneity,
  alpha_spikes: alphaSpikes,
  alpha_spread: alphaSpread,
  lambda_min_depth_trend: lambdaMinDepthTrend,

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
  median_delta_alpha: medianDeltaAlpha,
  alpha_moved_share: alphaMovedShare,
  attn_mlp_asymmetry: attnMlpAsymmetry,
  v_up_asymmetry: vUpAsymmetry,
  attn_mlp_rank_asymmetry: attnMlpRankAsymmetry,
  change_variance_u_shape: changeVarianceUShape,
  inert_share: inertShare,

  change_variance_over_steps: changeVarianceOverSteps,
  change_variance_over_depth: changeVarianceOverDepth,
  change_variance_per_step: changeVariancePerStep,
  change_variance_amplification: changeVarianceAmplification,
  change_variance_order: changeVarianceOrder,
} as const satisfies Readonly<Record<string, Diagnostic>>;

export type DiagnosticId = keyof typeof diagnostics;
