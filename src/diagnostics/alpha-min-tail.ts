import { ofFit } from './alpha.ts';
import type { MatrixDiagnostic } from './diagnostic.ts';
import { powerLawFit } from './power-law-fit.ts';

/** Shortest tails of METHOD § 1.2, ours. */
const fewest = 10;
const share = 0.05;

/** α with short tails ruled out. */
export const alphaMinTail: MatrixDiagnostic = {
  scope: 'matrix',
  meta: {
    id: 'alpha_min_tail',
    title: 'α over a tail that is not short',
    description:
      'The same fit, but xmin may not leave fewer than 10 eigenvalues or 5 % of them in the tail. More stable than α; where the two differ much, α rests on a handful of eigenvalues.',
    formula: 'α at the xmin of least D among tails of m ≥ max(10, 0.05·M)',
    unit: '',
    direction: 'range',
    source: 'METHOD § 1.2 (alpha.mle_ks_minTail); Clauset, Shalizi & Newman 2009',
    thresholds: [{ name: 'shortest_tail', value: 'max(10, 5 % of M)', provenance: 'ours, METHOD § 1.2' }],
  },
  measure: (input) => {
    const shortestTail = Math.max(fewest, Math.ceil(share * input.eigenvalues.length));
    return ofFit({ ...input, fit: powerLawFit(input.eigenvalues, { shortestTail }) }, ({ alpha }) => alpha);
  },
};
