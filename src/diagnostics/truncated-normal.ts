import normalCdf from '@stdlib/stats-base-dists-normal-cdf';

/** From here on Mills' ratio is taken from its continued fraction, below it from the distribution function. */
const fractionFrom = 3;
const fractionDepth = 200;
/** Beyond this many standard deviations the cut-off normal is an exponential to within rounding. */
const furthest = 1e4;

/**
 * Maximum-likelihood normal distribution cut off below 0, for values ≥ 0: its log density. Undefined where the likelihood
 * grows towards an exponential, which is where mean(y²) ≥ 2·mean(y)² (Cohen 1950; del Castillo 1994).
 *
 * With z standard deviations of the mean below 0, h(z) = φ(z)/(1 − Φ(z)) and d = h − z, the moments are mean = s·d and
 * mean of squares = s²·(1 − z·d); their ratio depends on z alone, rises from 1 to 2, and is solved by bisection.
 */
export function truncatedNormal(values: Float64Array): { logDensity: (value: number) => number } | undefined {
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  const squares = values.reduce((total, value) => total + value * value, 0) / values.length;
  const wanted = squares / mean ** 2;
  if (!(wanted > 1 && wanted < momentRatio(furthest))) return undefined;
  let [low, high] = [-1e8, furthest];
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (momentRatio(middle) < wanted) low = middle;
    else high = middle;
  }
  const z = (low + high) / 2;
  const scale = mean / hazardGap(z);
  // ln of φ(z + y/s)/(s·(1 − Φ(z))) with φ(z)/(1 − Φ(z)) = z + d.
  const head = Math.log((z + hazardGap(z)) / scale);
  const atZero =
    z < -fractionFrom
      ? -0.5 * z * z - 0.5 * Math.log(2 * Math.PI) - Math.log(scale) - Math.log(normalCdf(-z, 0, 1))
      : head;
  return { logDensity: (value) => atZero - (value / scale) * (z + value / (2 * scale)) };
}

/** mean(y²)/mean(y)² of a normal cut off z standard deviations above its mean. */
function momentRatio(z: number): number {
  const d = hazardGap(z);
  return z >= fractionFrom ? 2 / continued(z, 3) / d : (1 - z * d) / d ** 2;
}

/** φ(z)/(1 − Φ(z)) − z, without cancellation for large z. */
function hazardGap(z: number): number {
  if (z >= fractionFrom) return 1 / continued(z, 2);
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI) / normalCdf(-z, 0, 1) - z;
}

/** z + k/(z + (k+1)/(z + …)). */
function continued(z: number, first: number): number {
  let value = z;
  for (let k = first + fractionDepth; k >= first; k--) value = z + k / value;
  return value;
}
