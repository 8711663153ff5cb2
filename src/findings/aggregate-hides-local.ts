import { listed, measuredText, probability, signed } from '../base/format.ts';
import { alphaShifts } from '../diagnostics/alpha-shifts.ts';
import { kindRuns } from '../diagnostics/kind-runs.ts';
import { notApplicable } from './applicable.ts';
import { entryOf } from './evidence.ts';
import type { Pattern } from './finding.ts';
import { rangeMoves } from './range-moves.ts';
import { inForce } from './thresholds.ts';

/** The share of α stays flat while single layers moved. */
export const aggregateHidesLocal: Pattern = {
  meta: {
    id: 'aggregate-hides-local',
    title: 'The aggregate shows what the layers do',
    failureTitle: 'The aggregate hides local changes',
    description:
      'The share of α in [2, 6] looks as in the base, but single layers changed beyond their error. The paper’s case is the removal of repeated prompts: the share hardly moved while three layers of the value projection did.',
    formula:
      'Detected: the share of α in [2, 6] changed by less than share_margin with exact McNemar p > 0.05, and α of at least one matrix moved (BH q ≤ bh_q). Not detected: the share itself moved (p ≤ 0.05, or by share_margin beyond its interval). Inconclusive: no matrix moved beyond its error, or the share moved by share_margin or more without being told from chance.',
    needs: ['weights'],
    source: 'Benchmark Shadows §§ 6.3, 7.2, Figures 13 and 14; METHOD §§ 1.1, 3.1',
    thresholds: [
      { key: 'share_margin', unit: 'percentage points', provenance: 'ours: two binomial errors of Table 1’s shares' },
      { key: 'bh_q', unit: 'false-discovery rate over matrices', provenance: 'ours' },
      { name: 'level', value: '0.05', provenance: 'ours: of McNemar’s test' },
    ],
  },
  find: (comparison, dossier) => {
    const { weights } = comparison;
    if (weights.status !== 'ok') return notApplicable(weights.error.code, weights.error.message);
    const [low, high] = [inForce(dossier.constants, 'alpha_low'), inForce(dossier.constants, 'alpha_high')];
    const moves = rangeMoves(comparison, dossier, (alpha) => alpha >= low && alpha <= high);
    const pooled = weights.matrices.filter((matrix) => matrix.pooled);
    const shifts = alphaShifts(pooled, inForce(dossier.constants, 'bh_q'));
    if (moves?.change.status !== 'ok' || shifts.length === 0)
      return notApplicable('no-matched-fits', 'No weight matrix has a fitted α with its error in both checkpoints.');
    const { change, p } = moves;
    const margin = inForce(dossier.constants, 'share_margin');
    const { value, interval } = moves.change;
    const beyond = interval !== undefined && (interval.low >= margin || interval.high <= -margin);
    const moved = shifts.filter(({ significant }) => significant).map(({ matrix }) => matrix);
    const status =
      p <= 0.05 || beyond ? 'not-detected' : Math.abs(value) < margin && moved.length > 0 ? 'detected' : 'inconclusive';
    const where = kindRuns(moved);
    return {
      status,
      effect: change,
      plain: {
        detected: `The share of matrices with α in [2, 6] looks as in the base (${signed(value)} points), yet ${moved.length} of ${shifts.length} matrices changed beyond their error: ${where}.`,
        'not-detected': 'The share of matrices with α in [2, 6] moved itself, so it does not hide a change.',
        inconclusive:
          moved.length === 0
            ? 'No single matrix changed beyond its error; that does not show that none did.'
            : `Single matrices changed (${where}), and it is not settled whether the share of all did.`,
      }[status],
      technical: `Δ share ${measuredText(change, 1, signed)} points, exact McNemar p ${probability(p)}; ${moved.length} of ${shifts.length} matrices with q ≤ ${inForce(dossier.constants, 'bh_q')}.`,
      action:
        status === 'detected'
          ? `Read the layers and not the share; start with ${listed(where.split('; '))}.`
          : 'Nothing to do.',
      evidence: [
        ...entryOf(
          'Change of the share of α in [2, 6]',
          weights.model,
          'alpha_share_change',
          '/weights/model',
          'alpha',
        ),
        ...entryOf('Share of matrices whose α moved', weights.model, 'alpha_moved_share', '/weights/model', 'layers'),
      ],
      names: where === '' ? [] : where.split('; '),
    };
  },
};
