import { beyondBorder } from './beyond-border.ts';
import type { Pattern } from './finding.ts';

/** Matrices with α above 6. */
export const underTrainedLayers: Pattern = {
  meta: {
    id: 'under-trained-layers',
    title: 'No layer with α above 6',
    failureTitle: 'Layers with α above 6',
    description:
      'Weight matrices whose spectrum has a light tail. WeightWatcher calls such layers under-trained; matrices of noise lie there by their shape alone, so those that look like noise are not counted.',
    formula:
      'Detected: a matrix with α > alpha_high at BH q ≤ bh_q (one-sided, error 2·σ), outside the middle 90 % of Gaussian matrices of its shape where that is known. Not detected: the 95 % interval of every α lies below alpha_high. Inconclusive: anything else.',
    needs: ['weights'],
    source: 'Benchmark Shadows Figure 13; Martin & Mahoney 2021; METHOD §§ 8.1 to 8.3',
    thresholds: [
      { key: 'alpha_high', unit: '', provenance: 'paper' },
      { key: 'bh_q', unit: 'false-discovery rate over matrices', provenance: 'ours' },
      { name: 'inflation', value: '2', provenance: 'ours: σ is too small, METHOD § 8.1' },
    ],
  },
  find: beyondBorder('above', 'alpha_high', 'their tails are light'),
};
