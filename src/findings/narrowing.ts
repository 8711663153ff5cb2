import { decimal, listed, measuredText } from '../base/format.ts';
import { type Measured, numberOf, ok, skipped } from '../base/measured.ts';
import { notApplicable, withScores } from './applicable.ts';
import { evidence } from './evidence.ts';
import type { Pattern } from './finding.ts';
import { inForce, percent } from './thresholds.ts';

/** Few families carry the gain. */
export const narrowing: Pattern = {
  meta: {
    id: 'narrowing',
    title: 'The gain is not narrow',
    failureTitle: 'Few families carry the gain',
    description:
      'How evenly the gain is spread: the number of equally gaining families that would give the same concentration. It says nothing about which families they are, or whether the training aimed at them.',
    formula:
      'F_eff = (Σθ⁺)²/Σ(θ⁺)² of the positive gains. Detected: upper bound of F_eff ≤ narrow_share of the families, and F_eff below the 95 % range of families that all gain the same. Not detected: lower bound above narrow_share of the families. Inconclusive: anything between, or no interval. Not applicable: no family rose beyond bh_q.',
    needs: ['scores'],
    source: 'Benchmark Shadows § 3.2; METHOD § 2.4 (effective families)',
    thresholds: [
      { key: 'narrow_share', unit: 'share', provenance: 'ours: share of the families' },
      { key: 'bh_q', unit: 'false-discovery rate', provenance: 'ours' },
    ],
  },
  find: withScores(({ asymmetry, families, adaptive }, { constants }) => {
    if (adaptive)
      return notApplicable('adaptive-run', 'The spread of a gain over families needs every item: evaluate in full.');
    const gained = families.filter(
      (family) => (family.qGain ?? 1) < inForce(constants, 'bh_q') && (numberOf(family.fixed) ?? 0) > 0,
    );
    const resampled = asymmetry.resampled?.kappa.effectiveFamilies;
    const number = resampled?.value ?? asymmetry.effectiveFamilies;
    if (gained.length === 0) return notApplicable('no-gain', 'No family rose, so there is no gain to be narrow.');
    if (number.status !== 'ok') return notApplicable(number.code, number.reason);
    const most = inForce(constants, 'narrow_share') * families.length;
    const { interval, value } = number;
    const uneven = resampled?.null != null && value < resampled.null.low;
    const status =
      interval === undefined
        ? 'inconclusive'
        : interval.high <= most && uneven
          ? 'detected'
          : interval.low > most
            ? 'not-detected'
            : 'inconclusive';
    const about = `The gain is as concentrated as if ${decimal(value)} of ${families.length} families shared it`;
    return {
      status,
      effect: shareOf(number, families.length),
      plain:
        status === 'detected'
          ? `${about}; ${listed(gained.map((family) => family.title))} rose.`
          : status === 'not-detected'
            ? `${about}, which is not narrow.`
            : `${about}, but these scores do not settle whether that is narrow.`,
      technical: `F_eff = ${measuredText(number)} of ${families.length}; narrow at ${decimal(most)} or less (${percent(inForce(constants, 'narrow_share'))} %)${resampled?.null ? `; families that all gain the same give ${decimal(resampled.null.low)} to ${decimal(resampled.null.high)}` : ''}.`,
      action:
        status === 'detected'
          ? 'Quote the gain for these families only, and show the others beside it.'
          : status === 'inconclusive'
            ? 'Add families, or tasks to the families that there are.'
            : 'Nothing to do.',
      evidence: [
        evidence(
          'Families that carry the gain',
          number,
          resampled
            ? '/scores/asymmetry/resampled/kappa/effectiveFamilies/value'
            : '/scores/asymmetry/effectiveFamilies',
          'families',
        ),
      ],
      names: gained.map((family) => family.family),
    };
  }),
};

/** The effective number as a share of the families, in %. */
function shareOf(number: Measured, families: number): Measured {
  if (number.status !== 'ok') return skipped(number.code, number.reason);
  const points = 100 / families;
  const { interval, value } = number;
  return ok(points * value, {
    n: families,
    ...(interval
      ? { interval: { ...interval, low: points * interval.low, high: points * interval.high } }
      : { note: 'No interval: the statistics were not resampled.' }),
  });
}
