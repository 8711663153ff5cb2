import { depthRuns } from '../base/depth-runs.ts';
import { measuredText } from '../base/format.ts';
import { withWeights } from './applicable.ts';
import { bounds } from './bounds.ts';
import type { Pattern } from './finding.ts';
import { inForce } from './thresholds.ts';

/** Layers were rewritten: they no longer correlate with the base. */
export const deepReparametrization: Pattern = {
  meta: {
    id: 'deep-reparametrization',
    title: 'No deep reparametrization',
    failureTitle: 'Deep reparametrization',
    description:
      'A large share of the weight matrices was rewritten: relative change of at least 1 and a correlation with the base below one half in any coordinates that were tried (heads, neurons, norm gains, neighbouring layers). An unrelated initialisation gives the same numbers, so lineage should be confirmed.',
    formula:
      'Detected: lower bound of the share of matrices in the deep regime ≥ share_deep, or lower bound of D̄ ≥ D_deep. Not detected: both upper bounds lie below. Inconclusive: anything between, or no interval (fewer than min_layers layers).',
    needs: ['weights'],
    source: 'Benchmark Shadows § 5.2, Figures 9–11; METHOD §§ 3.1–3.3',
    thresholds: [
      {
        key: 'regime_deep',
        unit: 'relative change',
        provenance: 'ours: midpoint between the 20 % and 140 % anchors of the paper',
      },
      { key: 'deep_correlation', unit: 'r* at most', provenance: 'ours' },
      { key: 'share_deep', unit: 'share', provenance: 'ours: share of matrices' },
      { key: 'D_deep', unit: 'D̄', provenance: 'ours' },
    ],
  },
  find: withWeights(({ restructuring, matrices }, { constants }) => {
    const detected = restructuring.label === 'deep';
    const towers = new Set<string>(restructuring.groups.map(({ group }) => group));
    const runs = depthRuns(
      matrices
        .filter(({ pooled, labels, group }) => pooled && labels.modification_regime === 'deep' && towers.has(group))
        .flatMap((matrix) => matrix.depth ?? []),
    );
    const assessable = restructuring.label !== 'not-assessable';
    const excluded =
      bounds(restructuring.D).high < inForce(constants, 'D_deep') &&
      bounds(restructuring.shareDeep).high < inForce(constants, 'share_deep');
    return {
      status: !assessable ? 'not-applicable' : detected ? 'detected' : excluded ? 'not-detected' : 'inconclusive',
      effect: restructuring.D,
      plain: detected
        ? `Large parts of the network no longer resemble the base${runs.length > 0 ? ` (layers ${runs.join(', ')})` : ''}.`
        : runs.length > 0
          ? `Some matrices were rewritten (layers ${runs.join(', ')}), ${excluded ? 'too few to call the model rebuilt' : 'and it is not settled whether they are enough to call the model rebuilt'}.`
          : assessable
            ? 'No weight matrix was rewritten.'
            : restructuring.reasons.map((reason) => reason.text).join(' '),
      technical: `D̄ = ${measuredText(restructuring.D, 3)}, share of matrices in the deep regime ${measuredText(restructuring.shareDeep, 2)}, ${restructuring.layers} layers.`,
      action: detected
        ? 'Confirm that the named base is the real ancestor; if it is, treat this as a new model and evaluate it in full.'
        : 'Nothing to do.',
      evidence: [
        { label: 'Depth score D̄', value: restructuring.D, pointer: '/weights/restructuring/D', chart: 'layers' },
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
