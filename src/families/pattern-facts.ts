import type { Constants } from '../base/constants.ts';
import type { Asymmetry } from './asymmetry.ts';
import type { FamilyGain, FamilyTaskGain } from './family-gain.ts';
import { estimateFamilies, type FamilyEstimates, gainTable } from './gain-table.ts';
import { type Removal, worstRemoval } from './leave-one-out.ts';
import { lostSides, type PatternFacts } from './pattern-clauses.ts';
import { axisContrasts } from './shadow-contrast.ts';
import type { Axis } from './taxonomy.ts';

/** A measured score axis, as a dossier holds it. */
export interface MeasuredScores {
  readonly tasks: readonly FamilyTaskGain[];
  readonly families: readonly FamilyGain[];
  readonly asymmetry: Asymmetry;
}

/** What the pattern is decided from before any threshold is laid on it. */
export interface PatternMeasurements extends Pick<PatternFacts, 'families' | 'target' | 'lost' | 'S' | 'pAsymmetric'> {
  readonly estimates: { readonly gain: FamilyEstimates; readonly logit: FamilyEstimates };
  /** Families of the declared axis that have gains and room to move. */
  readonly sides: { readonly targeted: readonly string[]; readonly coverage: readonly string[] } | undefined;
  /** Every removal of one task that was tried. */
  readonly removals: readonly Removal[];
}

/** The facts as the decision reads them under these thresholds; cheap, so that other thresholds can be tried. */
export function patternFacts(measured: PatternMeasurements, constants: Constants): PatternFacts {
  const { estimates, families, target, lost, sides, S, pAsymmetric, removals } = measured;
  return {
    estimates: estimates.gain,
    families,
    target,
    lost,
    axis: sides
      ? {
          kappa: axisContrasts(estimates.gain, sides, constants),
          logit: axisContrasts(estimates.logit, sides, constants),
        }
      : undefined,
    S,
    pAsymmetric,
    worst: worstRemoval(removals, constants),
  };
}

/**
 * What the pattern of a dossier was decided from, under other thresholds if need be: no test is run again, so that many
 * thresholds can be tried. The ceiling and the least number of tasks are as they were when it was measured.
 */
export function patternFactsOf(
  { tasks, families, asymmetry }: MeasuredScores,
  axis: Axis,
  constants: Constants,
): PatternFacts {
  const { targeted, coverage, wording, S, pAsymmetric, leaveOneOut } = asymmetry;
  return patternFacts(
    {
      estimates: {
        gain: estimateFamilies(gainTable(tasks, 'gain')),
        logit: estimateFamilies(gainTable(tasks, 'logit')),
      },
      families,
      target: wording,
      lost: lostSides(axis, families),
      sides: targeted.length > 0 && coverage.length > 0 ? { targeted, coverage } : undefined,
      S,
      pAsymmetric,
      removals: asymmetry.removals ?? (leaveOneOut ? [leaveOneOut] : []),
    },
    constants,
  );
}
