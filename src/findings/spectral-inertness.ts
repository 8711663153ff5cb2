import { measuredText } from '../base/format.ts';
import { withWeights } from './applicable.ts';
import type { Pattern } from './finding.ts';

/** Weights moved, effective rank did not beyond what a random change of the same size does. */
export const spectralInertness: Pattern = {
  meta: {
    id: 'spectral-inertness',
    title: 'Geometry moved with the weights',
    failureTitle: 'Spectrally inert change',
    description:
      'The parameters changed in size while the spread of information over directions (effective rank) stayed where a random change of the same size would leave it. Typical of light fine-tunes; beside concentrated gains it is the second half of a benchmark shadow.',
    formula:
      'Detected: upper bound of Ḡ ≤ G_inert and median relative change ≥ regime_conservative. Not detected: lower bound of Ḡ > G_inert. Inconclusive: the interval of Ḡ holds G_inert, or there is none. Not applicable: the weights hardly moved.',
    needs: ['weights'],
    source: 'Benchmark Shadows §§ 5.2, 7.2; METHOD §§ 3.1, 3.3',
    thresholds: [
      { key: 'G_inert', unit: 'Ḡ', provenance: 'ours' },
      { key: 'geometry_scale', unit: 'in ln effective rank', provenance: 'ours: unit of the geometry score' },
      { key: 'regime_conservative', unit: 'relative change', provenance: 'ours' },
    ],
  },
  find: withWeights(({ restructuring }) => {
    const bounded = restructuring.G.status === 'ok' && restructuring.G.interval !== undefined;
    const geometry = restructuring.geometry === 'active' && !bounded ? 'unclear' : restructuring.geometry;
    const status = (
      { inert: 'detected', unmoved: 'not-applicable', active: 'not-detected', unclear: 'inconclusive' } as const
    )[geometry];
    return {
      status,
      effect: restructuring.G,
      plain: sentences[geometry],
      technical: `Ḡ = ${measuredText(restructuring.G, 3)} against a magnitude-matched Gaussian null; median relative change ${measuredText(restructuring.medianRelativeChange, 3)}.`,
      action:
        status === 'detected'
          ? 'Read the gain beside it: an inert change rarely carries broad new ability.'
          : 'Nothing to do.',
      evidence: [
        { label: 'Geometry score Ḡ', value: restructuring.G, pointer: '/weights/restructuring/G', chart: 'layers' },
        {
          label: 'Median relative change',
          value: restructuring.medianRelativeChange,
          pointer: '/weights/restructuring/medianRelativeChange',
        },
      ],
      names: [],
    };
  }),
};

const sentences = {
  inert: 'The weights moved, but their geometry stayed where a random change of the same size would leave it.',
  unmoved: 'The weights hardly moved, so there is no geometry to judge.',
  active: 'Effective rank moved more than a random change of the same size would move it.',
  unclear: 'It is not settled whether the geometry moved more than chance.',
} as const;
