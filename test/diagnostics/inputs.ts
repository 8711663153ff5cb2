import type { Measured } from '../../src/base/measured.ts';
import { randomStream } from '../../src/base/random.ts';
import type { MatrixInput, ModelDiagnostic, PairInput } from '../../src/diagnostics/diagnostic.ts';
import { powerLawFit } from '../../src/diagnostics/power-law-fit.ts';
import { gramEigenvalues } from '../../src/spectrum/gram-eigenvalues.ts';
import { pairMoments } from '../../src/spectrum/pair-moments.ts';

/** Row-major entries of a Gaussian matrix. */
export function gaussian(rows: number, cols: number, seed: number): Float64Array {
  const random = randomStream(seed);
  return Float64Array.from({ length: rows * cols }, () => random.normal());
}

/** What a diagnostic sees of a matrix with these eigenvalues, in any order. */
export function spectrumInput(values: Iterable<number>): MatrixInput {
  const eigenvalues = Float64Array.from(values).sort();
  return { rows: eigenvalues.length, cols: eigenvalues.length, eigenvalues, fit: powerLawFit(eigenvalues) };
}

/** What a diagnostic sees of two matrices of the same shape, spectra and sums really computed. */
export function pairInput(
  reference: Float64Array,
  subject: Float64Array,
  [rows, cols]: readonly [number, number],
  nulls: readonly Float64Array[] = [],
): PairInput {
  const side = (weights: Float64Array): MatrixInput => ({
    ...spectrumInput(gramEigenvalues(weights, rows, cols)),
    rows,
    cols,
  });
  return { moments: pairMoments(reference, subject), reference: side(reference), subject: side(subject), nulls };
}

/** Pooled matrices of one module kind, a layer each, with these diagnostics. */
export function layers(
  diagnostics: readonly Readonly<Record<string, Measured>>[],
  role = 'q',
): Parameters<ModelDiagnostic['measure']>[0] {
  return diagnostics.map((own, depth) => ({ role, depth, group: 'decoder', diagnostics: own }));
}
