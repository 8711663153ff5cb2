import { ok } from '../base/measured.ts';
import type { MatrixDiagnostic } from './diagnostic.ts';

/** Largest singular value, the spectral norm. */
export const svMax: MatrixDiagnostic = {
  scope: 'matrix',
  meta: {
    id: 'sv_max',
    title: 'Largest singular value',
    description: 'The spectral norm: how much the matrix can stretch a vector.',
    formula: 's_max = √λ_max',
    unit: '',
    direction: 'none',
    source: 'WeightWatcher 0.7.7 (sv_max)',
    thresholds: [],
  },
  measure: ({ eigenvalues }) => ok(Math.sqrt(eigenvalues.at(-1) ?? 0), { n: eigenvalues.length }),
};
