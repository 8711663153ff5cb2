import { beyondBorder } from './beyond-border.ts';
import type { Pattern } from './finding.ts';

/** Matrices with α below 2. */
export const overTrainedLayers: Pattern = {
  meta: {
    id: 'over-trained-layers',
    title: 'No layer with α below 2',
    failureTitle: 'Layers with α below 2',
    description:
      'Weight matrices whose spectrum has a very heavy tail: a few directions hold most of the energy. WeightWatcher calls such layers over-trained; a handful of spikes is enough for it, and the base may have them already.',
    formula:
      'Detected: a matrix with α < alpha_low at BH q ≤ bh_q (one-sided, error 2·σ), outside the middle 90 % of Gaussian matrices of its shape where that is known. Not detected: the 95 % interval of every α lies above alpha_low. Inconclusive: anything else.',
    needs: ['weights'],
    source: 'Benchmark Shadows Figure 13; Martin & Mahoney 2021; METHOD §§ 8.1 to 8.3',
    thresholds: [
      { key: 'alpha_low', unit: '', provenance: 'paper' },
      { key: 'bh_q', unit: 'false-discovery rate over matrices', provenance: 'ours' },
      { name: 'inflation', value: '2', provenance: 'ours: σ is too small, METHOD § 8.1' },
    ],
  },
  find: beyondBorder('below', 'alpha_low', 'a few directions hold most of the energy'),
};
