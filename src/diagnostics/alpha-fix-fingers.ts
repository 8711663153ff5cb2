import { type Measured, ok } from '../base/measured.ts';
import { ofFit } from './alpha.ts';
import type { MatrixDiagnostic } from './diagnostic.ts';
import type { PowerLawFit } from './power-law.ts';
import { eigenvalueThreshold, powerLawFit } from './power-law-fit.ts';

/** WeightWatcher's defaults: 2 to 9 of the largest are left out, and alpha has to fall by more than 1. */
const mostFingers = 9;
const fall = 1;
const smallestAlpha = 2;

/** α with the outermost eigenvalues left out where they alone make it large. */
export const alphaFixFingers: MatrixDiagnostic = {
  scope: 'matrix',
  meta: {
    id: 'alpha_fix_fingers',
    title: 'α without fingers',
    description:
      'A few detached largest eigenvalues can raise α by more than 1. This leaves out the 2 to 9 largest, one more at a time, until α falls by more than 1; where it never does, it is α itself. The note says how many were left out.',
    formula: 'α of λ without its k largest, smallest k in 2…9 with α_k + 1 < α; else α',
    unit: '',
    direction: 'range',
    source: "WeightWatcher 0.7.7 (fix_fingers='clip_xmax')",
    thresholds: [
      { name: 'finger_thresh', value: '1', provenance: 'WeightWatcher' },
      { name: 'max_fingers', value: '9', provenance: 'WeightWatcher' },
    ],
  },
  measure: (input): Measured => {
    const { fit, dropped } = clippedFit(input.eigenvalues);
    const measured = ofFit({ ...input, fit }, ({ alpha }) => alpha);
    if (measured.status !== 'ok' || dropped === 0) return measured;
    return ok(measured.value, { n: measured.n ?? 0, note: `The ${dropped} largest eigenvalues are left out.` });
  },
};

/**
 * The fit without the largest eigenvalues, and how many are left out. The search ends without success where alpha reaches 2.
 * WeightWatcher counts one finger less than it leaves out (`num_fingers`), and calls the fit failed where fewer than about
 * 14 eigenvalues are above its threshold, as it then runs out of data in a check that changes nothing.
 */
export function clippedFit(eigenvalues: Float64Array): { fit: ReturnType<typeof powerLawFit>; dropped: number } {
  const x = eigenvalues.filter((value) => value > eigenvalueThreshold);
  const whole = powerLawFit(x);
  if ('failed' in whole) return { fit: whole, dropped: 0 };
  for (let dropped = 2; dropped <= mostFingers; dropped++) {
    const fit: PowerLawFit | { readonly failed: string } = powerLawFit(x.subarray(0, Math.max(0, x.length - dropped)));
    if ('failed' in fit) break;
    if (fit.alpha + fall < whole.alpha) return { fit, dropped };
    if (fit.alpha <= smallestAlpha) break;
  }
  return { fit: whole, dropped: 0 };
}
