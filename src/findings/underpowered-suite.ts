import { decimal, measuredText } from '../base/format.ts';
import { notApplicable, withScores } from './applicable.ts';
import { evidence } from './evidence.ts';
import type { Pattern } from './finding.ts';
import { inForce } from './thresholds.ts';

/** The suite is too small to see what would matter. */
export const underpoweredSuite: Pattern = {
  meta: {
    id: 'underpowered-suite',
    title: 'The suite can see what matters',
    failureTitle: 'The suite is too small',
    description:
      'The smallest difference between families that these tasks and items find four times in five. Where it is larger than the margin, a missing finding means little.',
    formula:
      'Detected: detectable contrast (80 % power) > contrast_margin. Not detected: at most contrast_margin. Not applicable: no detectable contrast could be computed.',
    needs: ['scores'],
    source: 'METHOD § 4.3',
    thresholds: [{ key: 'contrast_margin', unit: 'κ-points', provenance: 'ours' }],
  },
  find: withScores(({ asymmetry, families, tasks, adaptive }, { constants }) => {
    const { detectable } = asymmetry;
    if (adaptive) return notApplicable('adaptive-run', 'Power is stated for fixed numbers of items: evaluate in full.');
    if (detectable.status !== 'ok') return notApplicable(detectable.code, detectable.reason);
    const margin = inForce(constants, 'contrast_margin');
    const weak = detectable.value > margin;
    return {
      status: weak ? 'detected' : 'not-detected',
      effect: {
        ...detectable,
        n: tasks.length,
        note: `${detectable.note ? `${detectable.note}; ` : ''}no interval: a property of the design, from its estimated scatter`,
      },
      plain: `With these ${tasks.length} tasks, a difference between families of ${decimal(detectable.value)} points or more would be found four times in five; ${weak ? `smaller ones, of ${margin} points and more, may exist unseen` : `that is within the margin of ${margin} points`}.`,
      technical: `Detectable S ${measuredText(detectable)} κ-points at 80 % power, margin ${margin}; ${families.length} families.`,
      action: weak
        ? 'Add tasks to the families (more tasks help more than more items) before reading a missing finding as an absence.'
        : 'Nothing to do.',
      evidence: [
        evidence('Detectable contrast', detectable, '/scores/asymmetry/detectable'),
        ...families.flatMap(({ title, detectable: own }, index) =>
          own ? [evidence(`${title}: detectable gain`, own, `/scores/families/${index}/detectable`, 'families')] : [],
        ),
      ],
      names: weak
        ? families
            .filter(({ detectable: own }) => own?.status === 'ok' && own.value > margin)
            .map(({ family }) => family)
        : [],
    };
  }),
};
