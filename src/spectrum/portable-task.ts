import type { TensorLocation } from '../checkpoint/checkpoint.ts';
import { sameShape, sides } from './check-shape.ts';
import type { PairMoments } from './engine.ts';
import { gramEigenvalues } from './gram-eigenvalues.ts';
import { medianChange } from './median-change.ts';
import { scaledNoise } from './noise.ts';
import { pairMoments } from './pair-moments.ts';
import { readWeights } from './read-weights.ts';
import { shuffled } from './shuffle.ts';
import { subspaceOverlap } from './subspace-overlap.ts';

/** One unit of work of the portable engine; plain data, so that it crosses to a worker thread. */
export type PortableTask =
  | { readonly kind: 'spectrum'; readonly matrix: TensorLocation }
  | { readonly kind: 'shuffled'; readonly matrix: TensorLocation; readonly seed: number }
  | { readonly kind: 'pair'; readonly reference: TensorLocation; readonly subject: TensorLocation }
  | {
      readonly kind: 'perturbed';
      readonly reference: TensorLocation;
      readonly noiseNorm: number;
      readonly seed: number;
    }
  | { readonly kind: 'difference'; readonly reference: TensorLocation; readonly subject: TensorLocation }
  | {
      readonly kind: 'overlap';
      readonly reference: TensorLocation;
      readonly subject: TensorLocation;
      readonly ranks: readonly number[];
    }
  | { readonly kind: 'medianChange'; readonly reference: TensorLocation; readonly subject: TensorLocation };

/** Reads and computes one task on the calling thread. Throws as the engine port says. */
export async function runTask(task: PortableTask): Promise<Float64Array | PairMoments | readonly number[] | number> {
  if (task.kind === 'spectrum') {
    const { rows, cols } = sides(task.matrix);
    return gramEigenvalues(await readWeights(task.matrix), rows, cols, task.matrix.name);
  }
  if (task.kind === 'shuffled') {
    const { rows, cols } = sides(task.matrix);
    return gramEigenvalues(shuffled(await readWeights(task.matrix), task.seed), rows, cols, task.matrix.name);
  }
  const { rows, cols } = sides(task.reference);
  if (task.kind === 'perturbed') {
    const weights = await readWeights(task.reference);
    const noise = scaledNoise(weights.length, task.noiseNorm, task.seed);
    return gramEigenvalues(added(weights, noise, 1), rows, cols, task.reference.name);
  }
  sameShape(task.reference, task.subject);
  const [before, after] = [await readWeights(task.reference), await readWeights(task.subject)];
  switch (task.kind) {
    case 'pair':
      return pairMoments(before, after);
    case 'difference':
      return gramEigenvalues(added(after, before, -1), rows, cols, task.subject.name);
    case 'overlap':
      return subspaceOverlap(before, after, rows, cols, task.ranks);
    case 'medianChange':
      return medianChange(before, after);
  }
}

/** a + factor·b, written over a. */
function added(a: Float64Array, b: Float64Array, factor: number): Float64Array {
  for (let index = 0; index < a.length; index++) a[index] = (a[index] as number) + factor * (b[index] as number);
  return a;
}
