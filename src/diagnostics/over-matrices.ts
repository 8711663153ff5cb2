import { mean } from 'simple-statistics';
import { type Measured, numberOf } from '../base/measured.ts';
import { withDepthInterval } from './depth-interval.ts';
import type { ModelDiagnostic } from './diagnostic.ts';

/** The pooled matrices of one module group, as a model diagnostic sees them. */
export type Matrices = Parameters<ModelDiagnostic['measure']>[0];

/** The values of one diagnostic where it was obtained. */
export function valuesOf(matrices: Matrices, id: string): number[] {
  return matrices.flatMap(({ diagnostics }) => numberOf(diagnostics[id]) ?? []);
}

/** One number over all matrices that have the diagnostic, with its interval over depth; n of them. */
export function overMatrices(matrices: Matrices, id: string, summarise: (values: number[]) => number = mean): Measured {
  const rows = matrices.flatMap(({ depth, diagnostics }) => {
    const value = numberOf(diagnostics[id]);
    return value === undefined ? [] : [{ depth, value }];
  });
  return withDepthInterval(
    rows,
    (sample) => (sample.length === 0 ? undefined : summarise(sample.map(({ value }) => value))),
    {
      code: 'no-values',
      reason: `None of ${matrices.length} pooled matrices has ${id}.`,
    },
  );
}
