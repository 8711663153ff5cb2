import type { Constants } from '../base/constants.ts';
import { exactMcNemar } from '../base/mcnemar.ts';
import { numberOf } from '../base/measured.ts';
import type { Comparison } from '../dossier/dossier.ts';
import type { Level } from './verdict.ts';

type Weights = Extract<Comparison['weights'], { status: 'ok' }>;

/** Level of the test of the aggregate share alone, two-sided. */
const shareLevel = 0.05;

/**
 * The three levels of spectral evidence of BS § 7.2 and METHOD § 1.5, and what each alone would have said about how far
 * the weights are from the base. They are shown; the verdict rests on the third and on the scores.
 */
export function levels(weights: Comparison['weights'], constants: Constants): Level[] {
  if (weights.status !== 'ok') {
    const text = `Not assessable: ${weights.error.message}`;
    return (['aggregate', 'layer-wise', 'dynamics'] as const).map((level) => ({ level, sees: 'not-assessable', text }));
  }
  return [aggregate(weights), layerWise(weights), dynamics(weights, constants)];
}

function aggregate({ matrices }: Weights): Level {
  const moves = matrices.flatMap((matrix) =>
    matrix.pooled ? (numberOf(matrix.diagnostics.alpha_range_change) ?? []) : [],
  );
  if (moves.length === 0)
    return { level: 'aggregate', sees: 'not-assessable', text: 'No pair of matrices has an α on both sides.' };
  const entered = moves.filter((move) => move > 0).length;
  const left = moves.filter((move) => move < 0).length;
  const p = exactMcNemar(entered, left);
  const counts = `${entered} of ${moves.length} matrices entered α ∈ [2, 6] and ${left} left it (exact McNemar p ${p.toPrecision(2)})`;
  return p < shareLevel
    ? { level: 'aggregate', sees: 'change', text: `The share moved: ${counts}. Alone: the spectra changed.` }
    : { level: 'aggregate', sees: 'no-change', text: `No clear move of the share: ${counts}. Alone: nothing to see.` };
}

function layerWise({ model }: Weights): Level {
  const moved = model.alpha_moved_share;
  if (moved?.status !== 'ok' || moved.n === undefined)
    return { level: 'layer-wise', sees: 'not-assessable', text: 'α was not compared layer by layer.' };
  const k = moved.k ?? 0;
  const counts = `α moved beyond its error in ${k} of ${moved.n} matrices`;
  return k > 0
    ? { level: 'layer-wise', sees: 'change', text: `${counts}. Alone: local changes that a share cannot show.` }
    : { level: 'layer-wise', sees: 'no-change', text: `${counts}. Alone: the shape of the spectra was kept.` };
}

function dynamics({ restructuring }: Weights, constants: Constants): Level {
  const median = numberOf(restructuring.medianRelativeChange);
  if (restructuring.label === 'not-assessable' || median === undefined)
    return { level: 'dynamics', sees: 'not-assessable', text: 'No matrix could be compared with the base.' };
  const size = `the median matrix moved by ${(100 * median).toFixed(1)} % of its norm`;
  if (median < constants.storage_noise)
    return {
      level: 'dynamics',
      sees: 'no-change',
      text: `${capital(size)}, within storage precision. Alone: the same weights.`,
    };
  const alone = {
    limited: 'changed little, and no more than at random in geometry',
    partial: 'changed, neither clearly little nor clearly deeply',
    deep: 'deeply rewritten',
  }[restructuring.label];
  return {
    level: 'dynamics',
    sees: 'change',
    text: `${capital(size)}, geometry ${restructuring.geometry}. Alone: ${alone}.`,
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
