import type { Comparison, Dossier } from '../../src/dossier/dossier.ts';
import { joinDossier } from '../../src/dossier/join.ts';
import type { FindingProduct, Pattern } from '../../src/findings/finding.ts';
import { checkpoint, type FamilyName, flat, joinInput, light, narrowGain, pairDiagnosis } from '../dossier/parts.ts';

/** A dossier with one comparison, joined from planted scores and planted weights. */
export function plant(
  share: (family: FamilyName) => number = narrowGain,
  weights: Parameters<typeof pairDiagnosis>[0] = light,
): Dossier {
  return joinDossier(
    joinInput([
      checkpoint('base', '0', flat),
      checkpoint('sft', '1', share, { base: 'base', pair: pairDiagnosis(weights) }),
    ]),
  );
}

/** What one pattern says about the one comparison of a dossier. */
export function look(pattern: Pattern, dossier: Dossier): FindingProduct {
  return pattern.find(only(dossier), dossier);
}

export function only(dossier: Dossier): Comparison {
  const [comparison] = dossier.comparisons;
  if (!comparison) throw new Error('no comparison');
  return comparison;
}

/** The same dossier after a stage failed. */
export function without(branch: 'scores' | 'weights', dossier: Dossier): Dossier {
  const failure = { status: 'failed' as const, error: { code: 'stage-failed', message: `The ${branch} were lost.` } };
  return { ...dossier, comparisons: [{ ...only(dossier), [branch]: failure }] };
}
