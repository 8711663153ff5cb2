import { quantileSorted } from 'simple-statistics';
import { type Measured, ok, skipped } from '../base/measured.ts';
import { randomStream } from '../base/random.ts';
import type { MatrixDiagnostic } from './diagnostic.ts';
import { gaussianSpectrum } from './gaussian-spectrum.ts';
import { powerLawFit } from './power-law-fit.ts';

/** Draws of METHOD § 8.1; fewer from a short side of 100 on, so that a shape takes a tenth of a second at most. */
const mostDraws = 200;
const work = 2e6;
/** Beyond this the draws would be too few to speak of their spread. */
const largestSide = 256;

/** What α would be without any learning: the same fit on Gaussian matrices of the same shape. */
export const alphaNull: MatrixDiagnostic = {
  scope: 'matrix',
  meta: {
    id: 'alpha_null',
    title: 'α of Gaussian matrices of this shape',
    description:
      'The exponent that the same fit gives to matrices of independent normal entries: the median, with the middle 90 % of the draws as interval. An α inside it says nothing about learning; small matrices lie between 2 and 6 by their shape alone, and the note says how many do.',
    formula: 'median α over up to 200 seeded draws of rows × cols standard normal entries (fewer on larger matrices)',
    unit: '',
    direction: 'none',
    source: 'METHOD § 8.1; draws by the bidiagonal model of Dumitriu & Edelman 2002',
    thresholds: [{ name: 'largest_side', value: 'short side ≤ 256', provenance: 'ours: larger draws take too long' }],
  },
  measure: ({ rows, cols }) => {
    const short = Math.min(rows, cols);
    if (short > largestSide)
      return skipped('shape-large', `The short side is ${short}; Gaussian matrices are drawn up to ${largestSide}.`);
    const key = `${short}x${Math.max(rows, cols)}`;
    const kept = drawn.get(key) ?? nullOf(short, Math.max(rows, cols));
    drawn.set(key, kept);
    return kept;
  },
};

/** By shape: a checkpoint has a handful of them, and the same shape has the same draws. */
const drawn = new Map<string, Measured>();

function nullOf(short: number, long: number): Measured {
  const random = randomStream(short * 1_000_003 + long);
  const draws = Math.min(mostDraws, Math.floor(work / short ** 2));
  const alphas = Array.from({ length: draws }, () => powerLawFit(gaussianSpectrum(short, long, random)))
    .flatMap((fit) => ('failed' in fit || !Number.isFinite(fit.alpha) ? [] : [fit.alpha]))
    .sort((a, b) => a - b);
  if (alphas.length < draws)
    return skipped('shape-small', `A ${short} × ${long} matrix is too small for a power law to be fitted.`);
  const inside = alphas.filter((alpha) => alpha >= 2 && alpha <= 6).length;
  return ok(quantileSorted(alphas, 0.5), {
    n: draws,
    interval: {
      low: quantileSorted(alphas, 0.05),
      high: quantileSorted(alphas, 0.95),
      level: 0.9,
      method: `middle 90 % of ${draws} Gaussian matrices of this shape`,
    },
    note: `${Math.round((100 * inside) / draws)} % of them have α between 2 and 6.`,
  });
}
