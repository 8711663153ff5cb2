import { mean } from 'simple-statistics';
import { ok, skipped } from '../base/measured.ts';
import type { TrajectoryDiagnostic } from './diagnostic.ts';
import { variancePerStep } from './trajectory-steps.ts';

/** Change variance against that of a reference run. */
export const changeVarianceAmplification: TrajectoryDiagnostic = {
  scope: 'trajectory',
  meta: {
    id: 'change_variance_amplification',
    title: 'Amplification of the change variance',
    description:
      'How much more the weights moved between the same checkpoints than in the reference run. From 1.3 on, with another learning rate or a jump, the signature is that of the optimiser and not of the data.',
    formula: 'exp(mean over t of ln(v_t/v_t of the reference)), v the change variance per squared step',
    unit: '',
    direction: 'none',
    source: 'Benchmark Shadows, Figure 3; METHOD §§ 1.3, 4.5',
    thresholds: [{ name: 'amplified', value: '1.3 times the reference run', provenance: 'paper, Figure 3' }],
  },
  measure: ({ steps, reference }) => {
    if (!reference) return skipped('no-reference', 'There is no reference run to compare with.');
    const ratios = steps.flatMap((step) => {
      const partner = reference.find(({ from, to }) => from === step.from && to === step.to);
      const [own, other] = [variancePerStep(step), partner && variancePerStep(partner)];
      return own && other ? [Math.log(own / other)] : [];
    });
    if (ratios.length === 0)
      return skipped('no-common-steps', 'The two runs have no pair of checkpoints of the same steps in common.');
    return ok(Math.exp(mean(ratios)), { n: ratios.length });
  },
};
