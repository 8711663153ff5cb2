import { at, type Estimates, square } from './estimates.ts';
import { factor, solve } from './factor.ts';

/**
 * What is left of each score once the luck of being picked is taken out: the best of several noisy scores is on average too
 * high. Empirical Bayes over models, θ ~ N(μ, τ²), with the full noise of shared items: noise that all models share moves
 * nobody's place and is not shrunk. τ² by moments: s² of the scores minus the noise of their deviations from the mean, not
 * below 0. Undefined for fewer than three models, whose spread says too little.
 *
 * θ̃ = μ̂ + τ²(τ²I + Σ)⁻¹(θ̂ − μ̂), μ̂ the generalised least-squares mean.
 */
export function shrinkScores(estimates: Estimates): number[] | undefined {
  const { values, covariance, variances } = estimates;
  const models = values.length;
  if (models < 3) return undefined;
  // A model whose items all agree has no sampled noise; the rule of three's is added, so that it is shrunk as well.
  const noise = square(models, (a, b) =>
    a === b ? Math.max(at(covariance, a, a), variances[a] ?? 0) : at(covariance, a, b),
  );
  const centre = values.reduce((sum, value) => sum + value, 0) / models;
  const observed = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (models - 1);
  let [trace, all] = [0, 0];
  for (let a = 0; a < models; a++) {
    trace += at(noise, a, a);
    for (let b = 0; b < models; b++) all += at(noise, a, b);
  }
  const spread = observed - (trace - all / models) / (models - 1);
  if (spread <= 0) return values.map(() => centre);
  const lower = factor(square(models, (a, b) => at(noise, a, b) + (a === b ? spread : 0)));
  const ones = solve(
    lower,
    values.map(() => 1),
  );
  const weight = ones.reduce((sum, value) => sum + value, 0);
  const mean = values.reduce((sum, value, model) => sum + value * (ones[model] ?? 0), 0) / weight;
  return solve(
    lower,
    values.map((value) => value - mean),
  ).map((value) => mean + spread * value);
}
