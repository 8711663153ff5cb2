import type { Pattern } from './finding.ts';
import { shareChange } from './share-change.ts';

/** More matrices have α in (6, 10] than in the base. */
export const tailMassGrowth: Pattern = {
  meta: {
    id: 'tail-mass-growth',
    title: 'No growth of the tail mass',
    failureTitle: 'The tail mass grew',
    description:
      'More weight matrices than in the base have an exponent between 6 and 10: the denser tail of the α distribution that the paper sees beside narrow training. Often the other side of a drop of the share in [2, 6], and then the same event.',
    formula:
      'Δ = (entered − left)/n of the range (6, 10], over matrices matched by name and shape. Detected: Δ > 0 and exact McNemar p ≤ 0.05. Not detected: the 95 % interval of Δ lies below share_margin. Inconclusive: anything else.',
    needs: ['weights'],
    source: 'Benchmark Shadows § 4.2.1; METHOD § 1.2; McNemar 1947, exact form; Tango 1998',
    thresholds: [
      { name: 'level', value: '0.05', provenance: 'ours: of McNemar’s test' },
      { key: 'alpha_high', unit: '', provenance: 'paper' },
      { key: 'tail_high', unit: '', provenance: 'paper' },
      { key: 'share_margin', unit: 'percentage points', provenance: 'ours: two binomial errors of Table 1’s shares' },
    ],
  },
  find: shareChange({
    inside: (alpha, { high, tail }) => alpha > high && alpha <= tail,
    direction: 1,
    share: 'alpha_tail_mass',
    name: 'α in (6, 10]',
    action:
      'Read it together with the share of α in [2, 6]: matrices that left that range upwards are counted in both.',
  }),
};
