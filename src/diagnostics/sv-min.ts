import { ok } from '../base/measured.ts';
import type { MatrixDiagnostic } from './diagnostic.ts';

/** Smallest singular value. */
export const svMin: MatrixDiagnostic = {
  scope: 'matrix',
  meta: {
    id: 'sv_min',
    title: 'Smallest singular value',
    description: 'How little the matrix can stretch a vector: 0 where a direction is lost altogether.',
    formula: 's_min = √λ_min, over the short side',
    unit: '',
    direction: 'none',
    source: 'WeightWatcher 0.7.7 (sv_min)',
    thresholds: [],
  },
  measure: ({ eigenvalues }) => ok(Math.sqrt(eigenvalues[0] ?? 0), { n: eigenvalues.length }),
};
