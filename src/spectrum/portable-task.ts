import type { TensorLocation } from '../checkpoint/checkpoint.ts';
import { sameShape, sides } from './check-shape.ts';
import type { PairMoments } from './engine.ts';
import { gramEigenvalues } from './gram-eigenvalues.ts';
import { scaledNoise } from './noise.ts';
import { pairMoments } from './pair-moments.ts';
import { readWeights } from './read-weights.ts';

/** One unit of work of the portable engine; plain data, so that it crosses to a worker thread. */
export type PortableTask =
  | { readonly kind: 'spectrum'; readonly matrix: TensorLocation }
  | { readonly kind: 'pair'; readonly reference: TensorLocation; readonly subject: TensorLocation }
  | {
      readonly kind: 'perturbed';
      readonly reference: TensorLocation;
      readonly noiseNorm: number;
      readonly seed: number;
    };

/** Reads and computes one task on the calling thread. Throws as the engine port says. */
export async function runTask(task: PortableTask): Promise<Float64Array | PairMoments> {
  if (task.kind === 'pair') {
    sameShape(task.reference, task.subject);
    return pairMoments(await readWeights(task.reference), await readWeights(task.subject));
  }
  const matrix = task.kind === 'spectrum' ? task.matrix : task.reference;
  const { rows, cols } = sides(matrix);
  const weights = await readWeights(matrix);
  if (task.kind === 'perturbed') {
    const noise = scaledNoise(weights.length, task.noiseNorm, task.seed);
    for (let index = 0; index < weights.length; index++)
      weights[index] = (weights[index] as number) + (noise[index] as number);
  }
  return gramEigenvalues(weights, rows, cols, matrix.name);
}
