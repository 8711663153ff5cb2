import type { Constants } from '../base/constants.ts';
import type { Asymmetry } from './asymmetry.ts';
import type { FamilyGain, FamilyTaskGain } from './family-gain.ts';
import { estimateFamilies, gainTable } from './gain-table.ts';
import { worstRemoval } from './leave-one-out.ts';
import { lostSides, type PatternFacts } from './pattern-clauses.ts';
import { axisContrasts } from './shadow-contrast.ts';
import type { Axis } from './taxonomy.ts';

/** A measured score axis, as a dossier holds it. */
export interface MeasuredScores {
  readonly tasks: readonly FamilyTaskGain[];
  readonly families: readonly FamilyGain[];
  readonly asymmetry: Asymmetry;
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
  const estimates = {
    gain: estimateFamilies(gainTable(tasks, 'gain')),
    logit: estimateFamilies(gainTable(tasks, 'logit')),
  };
  const { targeted, coverage } = asymmetry;
  const declared = targeted.length > 0 && coverage.length > 0;
  const { leaveOneOut, removals = leaveOneOut ? [leaveOneOut] : [] } = asymmetry;
  return {
    estimates: estimates.gain,
    families,
    target: asymmetry.wording,
    lost: lostSides(axis, families),
    axis: declared
      ? {
          kappa: axisContrasts(estimates.gain, { targeted, coverage }, constants),
          logit: axisContrasts(estimates.logit, { targeted, coverage }, constants),
        }
      : undefined,
    S: asymmetry.S,
    pAsymmetric: asymmetry.pAsymmetric,
    worst: worstRemoval(removals, constants),
  };
}
