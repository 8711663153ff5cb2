import { depthRuns } from '../base/depth-runs.ts';
import { measuredText } from '../base/format.ts';
import { withWeights } from './applicable.ts';
import type { Pattern } from './finding.ts';

/** Layers were rewritten: they no longer correlate with the base. */
export const deepReparametrization: Pattern = {
  meta: {
    id: 'deep-reparametrization',
    title: 'No deep reparametrization',
    failureTitle: 'Deep reparametrization',
    description:
      'A large share of the weight matrices was rewritten: relative change of at least 1 and a correlation with the base below one half in any coordinates that were tried (heads, neurons, norm gains, neighbouring layers). An unrelated initialisation gives the same numbers, so lineage should be confirmed.',
    needs: ['weights'],
    source: 'Benchmark Shadows § 5.2, Figures 9–11; METHOD §§ 3.1–3.3',
    thresholds: [
      {
        name: 'regime_deep',
        value: 'relative change ≥ 1.00',
        provenance: 'ours: midpoint between the 20 % and 140 % anchors of the paper',
      },
      { name: 'deep_correlation', value: 'r* < 0.5', provenance: 'ours' },
      { name: 'share_deep', value: '25 % of matrices', provenance: 'ours' },
      { name: 'D_deep', value: 'D̄ ≥ 0.35', provenance: 'ours' },
    ],
  },
  find: withWeights(({ restructuring, matrices }) => {
    const detected = restructuring.label === 'deep';
    const towers = new Set<string>(restructuring.groups.map(({ group }) => group));
    const runs = depthRuns(
      matrices
        .filter(({ pooled, labels, group }) => pooled && labels.modification_regime === 'deep' && towers.has(group))
        .flatMap((matrix) => matrix.depth ?? []),
    );
    const assessable = restructuring.label !== 'not-assessable';
    return {
      status: !assessable ? 'not-applicable' : detected ? 'detected' : 'not-detected',
      effect: restructuring.D,
      plain: detected
        ? `Large parts of the network no longer resemble the base${runs.length > 0 ? ` (layers ${runs.join(', ')})` : ''}.`
        : runs.length > 0
          ? `Some matrices were rewritten (layers ${runs.join(', ')}), too few to call the model rebuilt.`
          : assessable
            ? 'No weight matrix was rewritten.'
            : restructuring.reasons.map((reason) => reason.text).join(' '),
      technical: `D̄ = ${measuredText(restructuring.D, 3)}, share of matrices in the deep regime ${measuredText(restructuring.shareDeep, 2)}, ${restructuring.layers} layers.`,
      action: detected
        ? 'Confirm that the named base is the real ancestor; if it is, treat this as a new model and evaluate it in full.'
        : 'Nothing to do.',
      evidence: [
        { label: 'Depth score D̄', value: restructuring.D, pointer: '/weights/restructuring/D' },
        {
          label: 'Share of matrices in the deep regime',
          value: restructuring.shareDeep,
          pointer: '/weights/restructuring/shareDeep',
        },
      ],
      names: runs,
    };
  }),
};
