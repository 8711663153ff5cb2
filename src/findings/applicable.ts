import { skipped } from '../base/measured.ts';
import type { Comparison, Dossier } from '../dossier/dossier.ts';
import type { FindingProduct, Pattern } from './finding.ts';

type Weights = Extract<Comparison['weights'], { status: 'ok' }>;
type Scores = Extract<Comparison['scores'], { status: 'ok' }>;

/** Runs a pattern that needs only the weights; without them it is not applicable, with the reason. */
export function withWeights(find: (weights: Weights, dossier: Dossier) => FindingProduct): Pattern['find'] {
  return ({ weights }, dossier) =>
    weights.status === 'ok' ? find(weights, dossier) : notApplicable(weights.error.code, weights.error.message);
}

/** Runs a pattern that needs only the scores; without them it is not applicable, with the reason. */
export function withScores(find: (scores: Scores, dossier: Dossier) => FindingProduct): Pattern['find'] {
  return ({ scores }, dossier) =>
    scores.status === 'ok' ? find(scores, dossier) : notApplicable(scores.error.code, scores.error.message);
}

/** A finding that cannot be looked for, and why. */
export function notApplicable(code: string, reason: string): FindingProduct {
  return {
    status: 'not-applicable',
    effect: skipped(code, reason),
    plain: reason,
    technical: reason,
    action: 'See the error of the stage that is missing.',
    evidence: [],
    names: [],
  };
}
