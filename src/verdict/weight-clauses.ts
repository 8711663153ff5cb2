import type { Constants } from '../base/constants.ts';
import type { Measured } from '../base/measured.ts';
import type { Restructuring } from '../dossier/dossier.ts';
import { type Clause, clause } from '../families/clause.ts';

/**
 * The clauses of "limited" and "deep" (METHOD § 3.3) with their numbers. All of "limited" must hold; one of "deep" is
 * enough, and deep goes first. Empty where restructuring could not be assessed.
 */
export function weightClauses(facts: Restructuring, constants: Constants): Clause[] {
  if (facts.label === 'not-assessable') return [];
  const { compared = 1 } = facts;
  const median = facts.medianRelativeChange;
  const unmoved = median.status === 'ok' && median.value < constants.regime_conservative;
  const unseen = 1 - compared;
  const enough = unseen <= constants.share_moved_limited;
  return [
    clause(
      'deep',
      'share-deep',
      'A large share of the matrices is rewritten (lower bound).',
      {
        value: enough ? times(compared, low(facts.shareDeep)) : undefined,
        relation: '≥',
        threshold: constants.share_deep,
      },
      'share_deep',
    ),
    clause(
      'deep',
      'depth-deep',
      'The mean depth score D̄ is high (lower bound).',
      { value: enough ? times(compared, low(facts.D)) : undefined, relation: '≥', threshold: constants.D_deep },
      'D_deep',
    ),
    clause(
      'limited',
      'depth-limited',
      'The mean depth score D̄ is low (upper bound).',
      { value: times(compared, high(facts.D), unseen), relation: '≤', threshold: constants.D_limited },
      'D_limited',
    ),
    clause(
      'limited',
      'few-moved',
      'Few matrices moved by half their norm or more (upper bound of their share).',
      {
        value: times(compared, high(facts.shareMoved), unseen),
        relation: '≤',
        threshold: constants.share_moved_limited,
      },
      'share_moved_limited',
    ),
    unmoved
      ? clause(
          'limited',
          'geometry-quiet',
          'The weights hardly moved, so their geometry did not either (median relative change).',
          { value: median.value, relation: '<', threshold: constants.regime_conservative },
          'regime_conservative',
        )
      : clause(
          'limited',
          'geometry-quiet',
          'Effective rank moved no more than a random change of the same size would move it (upper bound of Ḡ).',
          { value: high(facts.G), relation: '≤', threshold: constants.G_inert },
          'G_inert',
        ),
  ];
}

function times(compared: number, value: number | undefined, unseen = 0): number | undefined {
  return value === undefined ? undefined : compared * value + unseen;
}

function high(measured: Measured): number | undefined {
  return measured.status === 'ok' ? (measured.interval?.high ?? measured.value) : undefined;
}

function low(measured: Measured): number | undefined {
  return measured.status === 'ok' ? (measured.interval?.low ?? measured.value) : undefined;
}
