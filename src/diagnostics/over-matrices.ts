import { mean } from 'simple-statistics';
import { type Measured, numberOf, ok, skipped } from '../base/measured.ts';
import type { ModelDiagnostic } from './diagnostic.ts';

/** The pooled matrices of one module group, as a model diagnostic sees them. */
export type Matrices = Parameters<ModelDiagnostic['measure']>[0];

/** The values of one diagnostic where it was obtained. */
export function valuesOf(matrices: Matrices, id: string): number[] {
  return matrices.flatMap(({ diagnostics }) => numberOf(diagnostics[id]) ?? []);
}

/** One number over all matrices that have the diagnostic; n of them. */
export function overMatrices(matrices: Matrices, id: string, summarise: (values: number[]) => number = mean): Measured {
  const values = valuesOf(matrices, id);
  if (values.length === 0) return skipped('no-values', `None of ${matrices.length} pooled matrices has ${id}.`);
  return ok(summarise(values), { n: values.length });
}
