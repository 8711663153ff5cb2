import { decimal, measuredText } from '../base/format.ts';
import { withWeights } from './applicable.ts';
import { bounds } from './bounds.ts';
import { evidence } from './evidence.ts';
import type { Pattern } from './finding.ts';
import { inForce, percent } from './thresholds.ts';

/** Weights moved by some tens of percent at most, everywhere. */
export const conservativeBackbone: Pattern = {
  meta: {
    id: 'conservative-backbone',
    title: 'Not a conservative change',
    failureTitle: 'Conservative backbone',
    description:
      'The weights moved, but stayed close to the base at nearly all layers: the middle one of the three regimes of the paper. It describes how far, not how well.',
    formula:
      'Detected: 95 % interval of the median relative change within [regime_conservative, regime_moderate), and upper bound of the share of matrices at regime_moderate or more ≤ share_moved_limited. Not detected: an interval excludes either. Inconclusive: anything between, or no interval (fewer than min_layers layers).',
    needs: ['weights'],
    source: 'Benchmark Shadows § 5.2, Figures 9 and 10; METHOD § 3.1',
    thresholds: [
      { key: 'regime_conservative', unit: 'relative change', provenance: 'ours: the paper gives no number' },
      {
        key: 'regime_moderate',
        unit: 'relative change',
        provenance: 'ours: between the 20 % and 140 % anchors of the paper',
      },
      { key: 'share_moved_limited', unit: 'share', provenance: 'ours: share of matrices' },
    ],
  },
  find: withWeights(({ restructuring }, { constants }) => {
    const { medianRelativeChange: median, shareMoved } = restructuring;
    const [from, to] = [inForce(constants, 'regime_conservative'), inForce(constants, 'regime_moderate')];
    const most = inForce(constants, 'share_moved_limited');
    const [change, moved] = [bounds(median), bounds(shareMoved)];
    const status =
      median.status !== 'ok'
        ? 'not-applicable'
        : change.low >= from && change.high < to && moved.high <= most
          ? 'detected'
          : change.high < from || change.low >= to || moved.low > most
            ? 'not-detected'
            : 'inconclusive';
    const size = median.status === 'ok' ? `${decimal(100 * median.value)} %` : 'an unknown part';
    return {
      status,
      effect: median,
      plain: {
        detected: `The weights moved by ${size} of their size in a typical matrix and stayed close to the base nearly everywhere.`,
        'not-detected': `The weights moved by ${size} of their size in a typical matrix: not a conservative change.`,
        inconclusive: `The weights moved by ${size} of their size in a typical matrix; it is not settled whether that is a conservative change.`,
        'not-applicable': median.status === 'ok' ? '' : median.reason,
      }[status],
      technical: `Median relative change ${measuredText(median, 3)}, regime [${from}, ${to}); share of matrices at ${to} or more ${measuredText(shareMoved, 2)}, limit ${percent(most)} %.`,
      action:
        status === 'detected'
          ? 'Read the gains beside it: broad new ability is seen less often with such changes.'
          : 'Nothing to do.',
      evidence: [
        evidence('Median relative change', median, '/weights/restructuring/medianRelativeChange', 'layers'),
        evidence('Share of matrices moved by half their norm', shareMoved, '/weights/restructuring/shareMoved'),
      ],
      names: [],
    };
  }),
};
