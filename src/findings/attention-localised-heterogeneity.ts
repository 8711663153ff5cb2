import { decimal, measuredText } from '../base/format.ts';
import { alphaShifts } from '../diagnostics/alpha-shifts.ts';
import { kindRuns } from '../diagnostics/kind-runs.ts';
import { attentionRoles } from '../diagnostics/module-sides.ts';
import { notApplicable, withWeights } from './applicable.ts';
import { bounds } from './bounds.ts';
import { entryOf } from './evidence.ts';
import type { Pattern } from './finding.ts';
import { inForce } from './thresholds.ts';

/** The tails of attention projections changed more than those of the MLP. */
export const attentionLocalisedHeterogeneity: Pattern = {
  meta: {
    id: 'attention-localised-heterogeneity',
    title: 'No change of tails that is local to attention',
    failureTitle: 'Change of tails local to attention',
    description:
      'The shape of the spectrum changed more in attention projections than in MLP layers. The paper sees its training conditions differ there, most in the value projection and least in the up projection.',
    formula:
      'A = ln(median |z| over attention ÷ median |z| over MLP), z = change of α over its error. Detected: lower bound of A > 0 and α of an attention matrix moved beyond its error (BH q ≤ bh_q). Not detected: upper bound of A ≤ 0. Inconclusive: the interval holds 0, or no single α moved beyond its error.',
    needs: ['weights'],
    source: 'Benchmark Shadows §§ 4.2.2, 6.3, Figures 6, 7 and 14; METHOD § 1.2',
    thresholds: [{ key: 'bh_q', unit: 'false-discovery rate over matrices', provenance: 'ours' }],
  },
  find: withWeights(({ model, matrices }, { constants }) => {
    const contrast = model.attn_mlp_asymmetry;
    if (contrast?.status !== 'ok')
      return notApplicable(
        contrast?.code ?? 'no-fits',
        contrast?.reason ?? 'The tails of both sides were not compared.',
      );
    const roles: readonly string[] = attentionRoles;
    const moved = alphaShifts(
      matrices.filter(({ pooled }) => pooled),
      inForce(constants, 'bh_q'),
    ).filter(({ significant, matrix }) => significant && roles.includes(matrix.role));
    const { low, high } = bounds(contrast);
    const status = low > 0 && moved.length > 0 ? 'detected' : high <= 0 ? 'not-detected' : 'inconclusive';
    const where = kindRuns(moved.map(({ matrix }) => matrix));
    const times = decimal(Math.exp(contrast.value));
    return {
      status,
      effect: contrast,
      plain: {
        detected: `The spectra changed ${times} times as much in attention as in the MLP, beyond chance in ${where}.`,
        'not-detected': 'The spectra did not change more in attention than in the MLP.',
        inconclusive: `The spectra changed ${times} times as much in attention as in the MLP, but that may be chance.`,
      }[status],
      technical: `A = ${measuredText(contrast, 2)}; v against up ${model.v_up_asymmetry ? measuredText(model.v_up_asymmetry, 2) : '—'} (the same contrast between two kinds, not a second event); ${moved.length} attention matrices with q ≤ ${inForce(constants, 'bh_q')}.`,
      action:
        status === 'detected'
          ? 'Look at these layers in the chart of layers; compare with another seed before reading more into it.'
          : 'Nothing to do.',
      evidence: [
        ...entryOf('Attention–MLP asymmetry', model, 'attn_mlp_asymmetry', '/weights/model', 'layers'),
        ...entryOf('v–up asymmetry', model, 'v_up_asymmetry', '/weights/model'),
        ...entryOf('Share of matrices whose α moved', model, 'alpha_moved_share', '/weights/model'),
      ],
      names: where === '' ? [] : where.split('; '),
    };
  }),
};
