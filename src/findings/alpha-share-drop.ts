import type { Pattern } from './finding.ts';
import { shareChange } from './share-change.ts';

/** Fewer matrices have α in [2, 6] than in the base. */
export const alphaShareDrop: Pattern = {
  meta: {
    id: 'alpha-share-drop',
    title: 'No drop of the share of α in [2, 6]',
    failureTitle: 'The share of α in [2, 6] dropped',
    description:
      'Fewer weight matrices than in the base have an exponent in the range that the paper calls well-conditioned. The share depends on matrix shape without any learning, so only the change between equal matrices is read.',
    formula:
      'Δ = (entered − left)/n over matrices matched by name and shape. Detected: Δ < 0 and exact McNemar p ≤ 0.05. Not detected: the 95 % interval of Δ lies above −share_margin. Inconclusive: anything else.',
    needs: ['weights'],
    source: 'Benchmark Shadows § 4.2.1, Table 1; METHOD §§ 1.4 (1), 3.1; McNemar 1947, exact form; Tango 1998',
    thresholds: [
      { name: 'level', value: '0.05', provenance: 'ours: of McNemar’s test' },
      { key: 'alpha_low', unit: '', provenance: 'paper' },
      { key: 'alpha_high', unit: '', provenance: 'paper' },
      { key: 'share_margin', unit: 'percentage points', provenance: 'ours: two binomial errors of Table 1’s shares' },
    ],
  },
  find: shareChange({
    inside: (alpha, { low, high }) => alpha >= low && alpha <= high,
    direction: -1,
    share: 'alpha_share',
    name: 'α in [2, 6]',
    action: 'Look at the layers that left the range, and compare with another seed before reading it as a regime.',
  }),
};
