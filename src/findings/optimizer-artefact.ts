import { decimal, measuredText } from '../base/format.ts';
import { type Measured, numberOf, skipped } from '../base/measured.ts';
import type { Dossier } from '../dossier/dossier.ts';
import type { Trajectory } from '../dossier/trajectory.ts';
import { notApplicable } from './applicable.ts';
import type { TrajectoryPattern } from './finding.ts';

/** The weights moved as under another optimiser or schedule, and what follows the data did not differ. */
export const optimizerArtefact: TrajectoryPattern = {
  meta: {
    id: 'optimizer-artefact',
    title: 'No optimizer-like signature alone',
    failureTitle: 'Optimizer-like signature, not data',
    description:
      'The change variance between checkpoints is amplified against the reference run, or not steady where the reference is, while the share of α and α itself do not differ: the paper sees this with another learning-rate schedule. Where both differ, these diagnostics cannot tell schedule and data apart.',
    formula:
      'Moved: change_variance_amplification ≥ 1.3, or |change_variance_order| < 1 over at least 4 intervals while the reference’s is 1. Data: a share differs after BH, or the interval of the median difference of α leaves out 0 at a checkpoint after the first. Detected: moved and no data; inconclusive: moved and data, or data unknown.',
    needs: ['weights', 'trajectory'],
    source: 'Benchmark Shadows § 4.2.3, Figure 3; METHOD § 4.5',
    thresholds: [
      { name: 'variance_amplified', value: '1.3 times the reference run', provenance: 'paper, Figure 3' },
      { name: 'phase_intervals', value: '4 intervals for an order', provenance: 'ours' },
      { name: 'bh_q', value: '0.05', provenance: 'ours' },
    ],
  },
  follow: (trajectory, dossier) => {
    const facts = factsOf(trajectory, dossier);
    if ('absent' in facts) return notApplicable(facts.code, facts.absent);
    const { amplification, moved, data } = facts;
    const status = !moved ? 'not-detected' : data === 'same' ? 'detected' : 'inconclusive';
    return {
      status,
      effect: amplification,
      plain: plainText(facts, trajectory),
      technical: `Change variance ${measuredText(amplification, 2)} times that of ${trajectory.reference}; order over steps τ = ${measuredText(facts.order, 2)}, reference ${measuredText(facts.referenceOrder, 2)}. ${dataText(trajectory, Number(dossier.constants.bh_q))}`,
      action:
        status === 'detected'
          ? 'Compare learning rate, schedule and batch size of the two runs before you read the trajectory as an effect of data.'
          : moved
            ? 'Rerun with the schedule of the reference, or add checkpoints of it at the same steps; as it is, schedule and data cannot be told apart.'
            : 'Nothing to do.',
      evidence: [
        {
          label: 'Amplification of the change variance',
          value: amplification,
          pointer: '/diagnostics/change_variance_amplification',
        },
        { label: 'Order of the change variance', value: facts.order, pointer: '/diagnostics/change_variance_order' },
      ],
      names: [],
    };
  },
};

interface Facts {
  readonly amplification: Measured;
  readonly order: Measured;
  readonly referenceOrder: Measured;
  readonly amplified: boolean;
  readonly moved: boolean;
  readonly data: 'same' | 'differs' | 'unknown';
}

function factsOf(trajectory: Trajectory, dossier: Dossier): Facts | { readonly code: string; readonly absent: string } {
  if (trajectory.reference === null)
    return {
      code: 'no-reference',
      absent: 'There is no reference run whose change variance this one could be held against.',
    };
  const missing = skipped('not-computed', 'The weights of consecutive checkpoints were not compared.');
  const reference = dossier.trajectories?.find(({ condition }) => condition === trajectory.reference);
  const of = (run: Trajectory | undefined, id: string): Measured => run?.diagnostics[id] ?? missing;
  const amplification = of(trajectory, 'change_variance_amplification');
  const [order, referenceOrder] = [of(trajectory, 'change_variance_order'), of(reference, 'change_variance_order')];
  const limit = Number(dossier.constants.variance_amplified);
  const amplified = (numberOf(amplification) ?? 0) >= limit;
  const bent = isMonotone(referenceOrder) === true && isMonotone(order) === false;
  const long = order.status === 'ok' && (order.n ?? 0) >= Number(dossier.constants.phase_intervals);
  if (amplification.status !== 'ok')
    return { code: amplification.code, absent: `The change variance could not be compared: ${amplification.reason}` };
  return {
    amplification,
    order,
    referenceOrder,
    amplified,
    moved: amplified || (bent && long),
    data: dataOf(trajectory, Number(dossier.constants.bh_q)),
  };
}

function isMonotone(order: Measured): boolean | undefined {
  return order.status === 'ok' ? Math.abs(order.value) === 1 : undefined;
}

/** Whether what follows the data differs: shares after BH, and the median difference of α beyond its interval. */
function dataOf({ points, trend }: Trajectory, q: number): Facts['data'] {
  const judged = points.filter(({ warmUp }) => !warmUp);
  if (judged.some(differsInAlpha) || judged.some((point) => shareDiffers(point, q))) return 'differs';
  const known = judged.some(({ alphaDifference }) => alphaDifference?.status === 'ok' && alphaDifference.interval);
  return trend.resolved === null || !known ? 'unknown' : 'same';
}

function shareDiffers({ test }: Trajectory['points'][number], q: number): boolean {
  return (test?.q ?? 1) <= q;
}

function differsInAlpha({ alphaDifference: moved }: Trajectory['points'][number]): boolean {
  return moved?.status === 'ok' && moved.interval !== undefined && moved.interval.low * moved.interval.high > 0;
}

function plainText({ amplification, amplified, moved, data }: Facts, { reference }: Trajectory): string {
  const times = decimal(numberOf(amplification) ?? 0, 2);
  if (!moved)
    return `The weights moved between checkpoints about as unevenly as in ${reference} (${times} times its change variance).`;
  const what = amplified
    ? `The change variance between checkpoints is ${times} times that of ${reference}`
    : `The change variance rises and falls over the steps where that of ${reference} is steady`;
  const rest = {
    same: 'while the share of α and α itself do not differ measurably: the signature is that of the optimizer or its schedule, not of the data.',
    differs: 'and the share of α or α itself differs too: schedule and data cannot be told apart here.',
    unknown: 'but there is too little on α to say whether the data show as well.',
  }[data];
  return `${what}, ${rest}`;
}

function dataText({ points }: Trajectory, q: number): string {
  const judged = points.filter(({ warmUp }) => !warmUp);
  const shares = judged.filter(({ test }) => test !== null);
  const alphas = judged.filter(({ alphaDifference }) => alphaDifference?.status === 'ok');
  return `Shares differ at ${shares.filter((point) => shareDiffers(point, q)).length} of ${shares.length} checkpoints, the median α at ${alphas.filter(differsInAlpha).length} of ${alphas.length}.`;
}
