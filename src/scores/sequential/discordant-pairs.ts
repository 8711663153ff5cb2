/** Parameter of the symmetric beta mixture (METHOD § 6.2). */
const mixture = 10;

/**
 * E-value of "no change" from pairs of right and wrong answers: of `discordant` items whose answer changed, `won` were
 * gained. E = 2^t · B(k + a, t − k + a)/B(a, a), the likelihood ratio of a beta mixture over the share of gains against
 * one half: a sequential McNemar test, valid at every look. Drawn without replacement it is conservative.
 */
export function discordantPairs(won: number, discordant: number): number {
  const log = discordant * Math.LN2 + logBeta(won + mixture, discordant - won + mixture) - logBeta(mixture, mixture);
  return Math.exp(Math.min(log, 700));
}

/** ln B(a, b) of whole numbers, by summing logarithms: exact enough (1e-12) for any benchmark. */
function logBeta(a: number, b: number): number {
  return logFactorial(a - 1) + logFactorial(b - 1) - logFactorial(a + b - 1);
}

const factorials = [0];

function logFactorial(n: number): number {
  for (let next = factorials.length; next <= n; next++)
    factorials.push((factorials[next - 1] as number) + Math.log(next));
  return factorials[n] as number;
}
