import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import { benjaminiHochberg } from '../base/benjamini-hochberg.ts';
import { decimal } from '../base/format.ts';
import { numberOf, ok } from '../base/measured.ts';
import { wilson } from '../base/wilson.ts';
import { inflation } from '../diagnostics/delta-alpha.ts';
import { kindRuns } from '../diagnostics/kind-runs.ts';
import type { DossierCheckpoint } from '../dossier/dossier.ts';
import { notApplicable } from './applicable.ts';
import { evidence, sidesOf } from './evidence.ts';
import type { FindingProduct, Pattern } from './finding.ts';
import { inForce } from './thresholds.ts';

/**
 * Matrices whose α lies beyond a border by more than its error (twice σ, METHOD § 8.1; BH over the matrices), and outside the
 * middle 90 % of Gaussian matrices of the same shape where that null is known. `below` looks under the border.
 */
export function beyondBorder(side: 'below' | 'above', key: 'alpha_low' | 'alpha_high', about: string): Pattern['find'] {
  return (comparison, dossier): FindingProduct => {
    const [subject, base] = sidesOf(comparison, dossier);
    if (subject?.role !== 'subject') return notApplicable('no-checkpoint', 'The checkpoint is not in the dossier.');
    const border = inForce(dossier.constants, key);
    const level = inForce(dossier.constants, 'bh_q');
    const rows = judged(subject.side, side, border, level);
    if (rows.length === 0) return notApplicable('no-fits', 'No weight matrix has a fitted α with an error.');
    const found = rows.filter((row) => row.beyond);
    const asNoise = rows.filter((row) => row.significant && !row.beyond).length;
    const already = new Set(
      base ? judged(base.side, side, border, level).flatMap((row) => (row.beyond ? [row.matrix.name] : [])) : [],
    );
    const before = found.filter(({ matrix }) => already.has(matrix.name)).length;
    const status = found.length > 0 ? 'detected' : rows.every((row) => row.excluded) ? 'not-detected' : 'inconclusive';
    const { low, high, level: nominal, method } = wilson(found.length, rows.length);
    const where = kindRuns(found.map(({ matrix }) => matrix));
    const withNull = rows.filter((row) => row.hasNull).length;
    return {
      status,
      effect: ok((100 * found.length) / rows.length, {
        k: found.length,
        n: rows.length,
        interval: { low: 100 * low, high: 100 * high, level: nominal, method },
      }),
      plain: {
        detected: `${found.length} of ${rows.length} matrices ${found.length === 1 ? 'has' : 'have'} an exponent ${side} ${border} beyond its error (${where}): ${about}. ${before === 0 ? 'None' : before} of them did in the base already.`,
        'not-detected': `No matrix has an exponent ${side} ${border}, errors considered.`,
        inconclusive: `No exponent lies ${side} ${border} beyond its error, but some may.`,
      }[status],
      technical: `α ${side === 'below' ? '<' : '>'} ${border} with BH q ≤ ${level} over ${rows.length} matrices (error ${inflation}·σ): ${found.length}${withNull > 0 ? `, outside the middle 90 % of Gaussian matrices of the shape where known (${withNull} matrices)` : '; no shape-matched null'}; ${asNoise} beyond the border as such Gaussian matrices are; in the base ${already.size}.`,
      action:
        status === 'detected'
          ? 'Compare with the base: layers that are so in both were so before this training.'
          : 'Nothing to do.',
      evidence: found
        .toSorted((a, b) => a.q - b.q)
        .slice(0, 5)
        .map(({ matrix, index }) =>
          evidence(
            `${matrix.name}: α ${decimal(numberOf(matrix.diagnostics.alpha) ?? 0, 2)}`,
            matrix.diagnostics.alpha ?? ok(Number.NaN),
            `${subject.pointer}/matrixDiagnostics/${index}/diagnostics/alpha`,
            'alpha',
          ),
        ),
      names: where === '' ? [] : where.split('; '),
    };
  };
}

function judged(checkpoint: DossierCheckpoint, side: 'below' | 'above', border: number, level: number) {
  const sign = side === 'below' ? 1 : -1;
  const rows = checkpoint.matrixDiagnostics.flatMap((matrix, index) => {
    const [alpha, sigma] = [numberOf(matrix.diagnostics.alpha), numberOf(matrix.diagnostics.sigma)];
    if (!matrix.pooled || alpha === undefined || !sigma) return [];
    const z = (sign * (border - alpha)) / (inflation * sigma);
    const gaussian = matrix.diagnostics.alpha_null;
    const range = gaussian?.status === 'ok' ? gaussian.interval : undefined;
    const asGaussian = range !== undefined && alpha >= range.low && alpha <= range.high;
    return [{ matrix, index, z, asGaussian, hasNull: range !== undefined }];
  });
  const adjusted = benjaminiHochberg(rows.map(({ z }) => normalCdf(-z, 0, 1)));
  return rows.map((row, index) => {
    const q = adjusted[index] ?? 1;
    const significant = row.z > 0 && q <= level;
    return { ...row, q, significant, beyond: significant && !row.asGaussian, excluded: row.z < -1.96 };
  });
}
