import { defaultConstants } from '../base/constants.ts';
import { type Measured, numberOf, ok, skipped } from '../base/measured.ts';
import { wilson } from '../base/wilson.ts';
import type { ModelDiagnostic } from './diagnostic.ts';
import { fitQuality } from './fit-quality.ts';

type Matrices = Parameters<ModelDiagnostic['measure']>[0];

/**
 * Share in % of the matrices with a finite α whose α passes the test, with a Wilson interval; k of n is in the value.
 *
 * All fitted matrices count, as in the paper, whatever the quality of the fit; the note says how many fits are poor and
 * how many α lie within 2σ of a border. (METHOD § 8.4 would exclude poor fits; small matrices have hardly any others, and
 * the share would then rest on a handful and not compare with published ones.)
 */
export function alphaRangeShare(matrices: Matrices, inside: (alpha: number) => boolean): Measured {
  const fitted = matrices.filter(({ diagnostics }) => diagnostics.alpha?.status === 'ok');
  const n = fitted.length;
  if (n === 0) return skipped('no-fits', `None of ${matrices.length} pooled matrices has a fitted α.`);
  const k = fitted.filter(({ diagnostics }) => inside(numberOf(diagnostics.alpha) ?? 0)).length;
  const { low, high, level, method } = wilson(k, n);
  return ok((100 * k) / n, {
    k,
    n,
    interval: { low: 100 * low, high: 100 * high, level, method },
    note: caveats(fitted, matrices.length),
  });
}

function caveats(fitted: Matrices, pooled: number): string {
  const poor = fitted.filter(({ diagnostics }) => fitQuality(diagnostics) === 'poor').length;
  const borderline = fitted.filter(({ diagnostics }) => isBorderline(diagnostics)).length;
  const missing = pooled - fitted.length;
  return [
    `${poor} of ${fitted.length} fits are poor (D > 0.1, tail below 10 eigenvalues or the whole spectrum)`,
    `${borderline} lie within 2σ of ${defaultConstants.alpha_low} or ${defaultConstants.alpha_high}`,
    ...(missing > 0 ? [`${missing} of ${pooled} pooled matrices have no fit and are not counted`] : []),
  ].join('; ');
}

function isBorderline(diagnostics: Readonly<Record<string, Measured>>): boolean {
  const alpha = numberOf(diagnostics.alpha) ?? Number.POSITIVE_INFINITY;
  const reach = 2 * (numberOf(diagnostics.sigma) ?? 0);
  return [defaultConstants.alpha_low, defaultConstants.alpha_high].some((border) => Math.abs(alpha - border) <= reach);
}
