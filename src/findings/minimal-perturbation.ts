import { decimal, measuredText } from '../base/format.ts';
import { withWeights } from './applicable.ts';
import { bounds } from './bounds.ts';
import { evidence } from './evidence.ts';
import type { Pattern } from './finding.ts';
import { inForce, percent } from './thresholds.ts';

/** The weights hardly moved. */
export const minimalPerturbation: Pattern = {
  meta: {
    id: 'minimal-perturbation',
    title: 'More than a minimal change',
    failureTitle: 'Minimal perturbation',
    description:
      'The weights hardly moved from the base: the lightest of the three regimes of the paper. Most public fine-tunes are here, and light changes can still bring out abilities that were there.',
    formula:
      'Detected: upper bound of the median relative change < regime_conservative, and upper bound of the share of matrices at regime_moderate or more ≤ share_moved_limited. Not detected: lower bound of the median ≥ regime_conservative, or of the share above share_moved_limited. Inconclusive: anything between, or no interval.',
    needs: ['weights'],
    source: 'Benchmark Shadows § 5.2, Figure 24; METHOD §§ 1.5, 3.1',
    thresholds: [
      { key: 'regime_conservative', unit: 'relative change', provenance: 'ours: the paper gives no number' },
      { key: 'regime_moderate', unit: 'relative change', provenance: 'ours' },
      { key: 'share_moved_limited', unit: 'share', provenance: 'ours: share of matrices' },
    ],
  },
  find: withWeights(({ restructuring }, { constants }) => {
    const { medianRelativeChange: median, shareMoved } = restructuring;
    const [limit, most] = [inForce(constants, 'regime_conservative'), inForce(constants, 'share_moved_limited')];
    const [change, moved] = [bounds(median), bounds(shareMoved)];
    const status =
      median.status !== 'ok'
        ? 'not-applicable'
        : change.high < limit && moved.high <= most
          ? 'detected'
          : change.low >= limit || moved.low > most
            ? 'not-detected'
            : 'inconclusive';
    const size = median.status === 'ok' ? `${decimal(100 * median.value)} %` : '';
    return {
      status,
      effect: median,
      plain: {
        detected: `The weights hardly moved: ${size} of their size in a typical matrix.`,
        'not-detected': `The weights moved by ${size} of their size in a typical matrix, or more in some: more than a minimal change.`,
        inconclusive: `The weights moved by ${size} of their size in a typical matrix; it is not settled whether that is a minimal change.`,
        'not-applicable': median.status === 'ok' ? '' : median.reason,
      }[status],
      technical: `Median relative change ${measuredText(median, 3)}, minimal below ${limit}; share of matrices that moved by half their norm ${measuredText(shareMoved, 2)}, limit ${percent(most)} %.`,
      action:
        status === 'detected'
          ? 'Do not read geometry into so small a change; judge the scores by themselves.'
          : 'Nothing to do.',
      evidence: [
        evidence('Median relative change', median, '/weights/restructuring/medianRelativeChange', 'layers'),
        evidence('Share of matrices moved by half their norm', shareMoved, '/weights/restructuring/shareMoved'),
      ],
      names: [],
    };
  }),
};
