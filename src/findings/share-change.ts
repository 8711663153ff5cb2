import { decimal, measuredText, probability, signed } from '../base/format.ts';
import { notApplicable } from './applicable.ts';
import { entryOf, sidesOf } from './evidence.ts';
import type { FindingProduct, Pattern } from './finding.ts';
import { rangeMoves } from './range-moves.ts';
import { inForce } from './thresholds.ts';

/** What one finding about a share of α looks for. */
interface ShareQuestion {
  readonly inside: (alpha: number, constants: { low: number; high: number; tail: number }) => boolean;
  /** +1 where a rise is what it looks for, −1 where a fall is. */
  readonly direction: 1 | -1;
  /** Id of the diagnostic of one checkpoint that shows the share. */
  readonly share: string;
  readonly name: string;
  readonly action: string;
}

/** A rise or a fall of the share of α in a range, tested on matched matrices; both findings about shares are this one. */
export function shareChange(question: ShareQuestion): Pattern['find'] {
  return (comparison, dossier): FindingProduct => {
    const at = (key: 'alpha_low' | 'alpha_high' | 'tail_high') => inForce(dossier.constants, key);
    const limits = { low: at('alpha_low'), high: at('alpha_high'), tail: at('tail_high') };
    const moves = rangeMoves(comparison, dossier, (alpha) => question.inside(alpha, limits));
    if (!moves) return notApplicable('no-matched-fits', 'No weight matrix has a fitted α in both checkpoints.');
    const { change, entered, left, n, p } = moves;
    const margin = inForce(dossier.constants, 'share_margin');
    const value = change.status === 'ok' ? change.value : 0;
    const interval = change.status === 'ok' ? change.interval : undefined;
    const worst = question.direction === 1 ? (interval?.high ?? margin) : -(interval?.low ?? -margin);
    const status =
      p <= level && value * question.direction > 0 ? 'detected' : worst < margin ? 'not-detected' : 'inconclusive';
    const word = question.direction === 1 ? 'grew' : 'fell';
    const size = `${decimal(Math.abs(value))} points`;
    return {
      status,
      effect: change,
      plain: {
        detected: `The share of matrices with ${question.name} ${word} by ${size} (${entered.length} entered, ${left.length} left, of ${n}).`,
        'not-detected': `The share of matrices with ${question.name} did not ${question.direction === 1 ? 'grow' : 'fall'} by ${margin} points or more.`,
        inconclusive: `The share of matrices with ${question.name} changed by ${signed(value)} points; ${entered.length} entered and ${left.length} left, of ${n}, which chance explains as well.`,
      }[status],
      technical: `Δ = ${measuredText(change, 1, signed)} points, ${entered.length} entered, ${left.length} left, n = ${n}, exact McNemar p ${probability(p)} on matched matrices; margin ${margin} points. Layers are not independent.`,
      action: status === 'detected' ? question.action : 'Nothing to do.',
      evidence: sidesOf(comparison, dossier).flatMap(({ side, pointer }) =>
        entryOf(
          `${side.id}: share of matrices with ${question.name}`,
          side.model,
          question.share,
          `${pointer}/model`,
          'alpha',
        ),
      ),
      names: question.direction === 1 ? [...entered] : [...left],
    };
  };
}

/** Level of McNemar's test. */
const level = 0.05;
