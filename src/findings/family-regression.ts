import { listed, measuredText, signed } from '../base/format.ts';
import { numberOf, ok, skipped } from '../base/measured.ts';
import { fallenFamilies } from '../families/fallen-families.ts';
import { withScores } from './applicable.ts';
import type { Pattern } from './finding.ts';

/** At least one family fell, beyond item noise and after correction over families. */
export const familyRegression: Pattern = {
  meta: {
    id: 'family-regression',
    title: 'No family regressed',
    failureTitle: 'A family regressed',
    description:
      'At least one family of tasks scores lower than before by more than the margin, on these benchmarks and after correcting for the number of families.',
    formula:
      'Detected: a family with BH q of a loss < bh_q and a fall of gain_margin or more. Not detected: the 95 % interval of every family lies above −gain_margin. Inconclusive: anything else.',
    needs: ['scores'],
    source: 'METHOD §§ 2.3, 4.1, 7.1; Benjamini & Hochberg 1995',
    thresholds: [
      { key: 'gain_margin', unit: 'κ-points', provenance: 'ours' },
      { key: 'bh_q', unit: 'false-discovery rate', provenance: 'ours' },
    ],
  },
  find: withScores(({ families, adaptive }, { constants }) => {
    const margin = constants.gain_margin as number;
    const fallen = fallenFamilies(families, { bh_q: constants.bh_q as number, gain_margin: margin });
    const safe = families.every(
      (family) => family.fixed.status === 'ok' && (family.fixed.interval?.low ?? Number.NEGATIVE_INFINITY) > -margin,
    );
    const worst = [...families].sort((a, b) => (numberOf(a.fixed) ?? 0) - (numberOf(b.fixed) ?? 0))[0];
    const status = fallen.length > 0 ? 'detected' : safe ? 'not-detected' : 'inconclusive';
    return {
      status,
      effect: worst?.fixed ?? skipped('no-family', 'No family has gains.'),
      plain:
        fallen.length > 0
          ? `${listed(fallen.map((family) => family.title))} scored lower than the base.`
          : safe
            ? `No family fell by ${margin} points or more.`
            : `No family fell significantly, but a fall of ${margin} points is not excluded everywhere.`,
      technical: families.map((family) => `${family.title} ${measuredText(family.fixed, 1, signed)}`).join('; '),
      action:
        fallen.length > 0
          ? 'Look at the items that were lost, and decide whether the loss is acceptable before release.'
          : 'Nothing to do.',
      evidence: families.flatMap((family, index) => [
        {
          label: `${family.title}: gain on these benchmarks`,
          value: family.fixed,
          pointer: `/scores/families/${index}/fixed`,
          chart: 'families',
        },
        ...(family.qLoss === null
          ? []
          : [
              {
                label: `${family.title}: ${adaptive ? 'e-BH-adjusted e-value' : 'BH-adjusted p'} of a loss`,
                value: ok(family.qLoss, { n: families.length }),
                pointer: `/scores/families/${index}/qLoss`,
              },
            ]),
      ]),
      names: fallen.map((family) => family.family),
    };
  }),
};
