import type { PatternId } from '../../src/findings/registry.ts';
import { joint, plan, type ScoreCell, type Truth, type WeightChange } from '../calibration/plan.ts';

/** A pair of which it is known by construction what holds and what does not. */
export interface FindingWorld {
  readonly id: string;
  readonly scores: Truth;
  readonly weights: WeightChange;
  /** Patterns that are there by construction. */
  readonly right: readonly PatternId[];
  /** Patterns that are not. What is in neither list is a matter of degree: shown, without a claim. */
  readonly wrong: readonly PatternId[];
}

const gain = (targeted: number, coverage = targeted): Truth => ({ kind: 'gain', targeted, coverage });
const scoreFindings = ['benchmark-shadow', 'narrowing', 'family-regression'] as const;
/** What no change without direction, and none at all, can have brought about. */
const structural = ['deep-reparametrization', 'attention-localised-heterogeneity'] as const;
const spectral = ['mlp-floor-shift', 'tail-mass-growth', 'alpha-share-drop', 'aggregate-hides-local'] as const;

/** Families, tasks and items of all of them. */
export const suite = { ...joint.suite, targeted: 2, coverage: 4 };

/** Families and tasks are uneven by nature where something was gained; where nothing was, nothing moved at all. */
export function natural({ scores }: FindingWorld): Pick<ScoreCell, 'uneven' | 'scatter'> {
  const moved = scores.kind === 'gain' && (scores.targeted !== 0 || scores.coverage !== 0);
  if (!moved) return { uneven: 0, scatter: 0 };
  const even = scores.kind === 'gain' && scores.targeted === scores.coverage;
  return { uneven: even ? plan.unevenness.families : 0, scatter: plan.unevenness.tasks };
}

export const findingWorlds: readonly FindingWorld[] = [
  {
    ...{ id: 'nothing', scores: gain(0), weights: { kind: 'identical' } },
    right: ['minimal-perturbation'],
    wrong: [...scoreFindings, ...structural, ...spectral, 'score-moved-weights-did-not'],
  },
  {
    ...{ id: 'noise 0.02, no gain', scores: gain(0), weights: { kind: 'noise', m: 0.02 } },
    right: ['minimal-perturbation', 'spectral-inertness'],
    wrong: [...scoreFindings, ...structural, ...spectral],
  },
  {
    ...{ id: 'noise 0.2, +10', scores: gain(10), weights: { kind: 'noise', m: 0.2 } },
    right: ['conservative-backbone', 'spectral-inertness'],
    wrong: ['benchmark-shadow', 'family-regression', 'narrowing', ...structural],
  },
  {
    ...{ id: 'low rank 0.2, +20 / 0', scores: gain(20, 0), weights: { kind: 'low-rank', m: 0.2 } },
    right: ['benchmark-shadow', 'narrowing', 'conservative-backbone'],
    wrong: ['deep-reparametrization'],
  },
  {
    ...{ id: 'bulk 0.2, +20 / 0', scores: gain(20, 0), weights: { kind: 'bulk', m: 0.2 } },
    right: ['benchmark-shadow', 'narrowing', 'conservative-backbone'],
    wrong: ['deep-reparametrization'],
  },
  {
    ...{ id: 'rounded to int8, no gain', scores: gain(0), weights: { kind: 'int8' } },
    right: ['minimal-perturbation'],
    wrong: [...scoreFindings, ...structural, ...spectral],
  },
  {
    ...{ id: 'q and v alone 0.2, +20 / 0', scores: gain(20, 0), weights: { kind: 'lora', m: 0.2 } },
    right: ['benchmark-shadow', 'narrowing'],
    wrong: ['deep-reparametrization', 'mlp-floor-shift'],
  },
  {
    ...{ id: 'all new, +20', scores: gain(20), weights: { kind: 'fresh', layers: 12 } },
    right: ['deep-reparametrization'],
    wrong: ['benchmark-shadow', 'family-regression', 'narrowing', 'minimal-perturbation', 'conservative-backbone'],
  },
  {
    ...{ id: 'three layers new, −10', scores: gain(-10), weights: { kind: 'fresh', layers: 3 } },
    right: ['family-regression'],
    wrong: ['benchmark-shadow', 'minimal-perturbation'],
  },
  {
    ...{ id: 'heads permuted, no gain', scores: gain(0), weights: { kind: 'head-permutation' } },
    right: [],
    wrong: [...scoreFindings, 'deep-reparametrization', ...spectral],
  },
];
