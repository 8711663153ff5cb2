import { open } from 'node:fs/promises';
import { SkiagramError } from '../base/error.ts';
import type { TensorLocation } from '../checkpoint/checkpoint.ts';
import { decodeWeights } from './decode.ts';
import type { PairMoments } from './engine.ts';
import { gramEigenvalues } from './gram-eigenvalues.ts';
import { scaledNoise } from './noise.ts';
import { pairMoments } from './pair-moments.ts';

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
  if (task.kind === 'pair') return pairMoments(await readWeights(task.reference), await readWeights(task.subject));
  const matrix = task.kind === 'spectrum' ? task.matrix : task.reference;
  const weights = await readWeights(matrix);
  if (task.kind === 'perturbed') {
    const noise = scaledNoise(weights.length, task.noiseNorm, task.seed);
    for (let index = 0; index < weights.length; index++)
      weights[index] = (weights[index] as number) + (noise[index] as number);
  }
  const [rows = 0, cols = 0] = matrix.shape;
  return gramEigenvalues(weights, rows, cols);
}

async function readWeights({ name, dtype, file, begin, end }: TensorLocation): Promise<Float64Array> {
  const bytes = new Uint8Array(end - begin);
  const handle = await open(file, 'r');
  try {
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, begin);
    if (bytesRead < bytes.length) throw truncated(name, file);
  } finally {
    await handle.close();
  }
  return decodeWeights(bytes, dtype, name);
}

/** A file that became shorter than its header says. */
export function truncated(name: string, file: string): SkiagramError {
  return new SkiagramError({
    code: 'file-truncated',
    message: `${file} ends before tensor "${name}" does.`,
    hint: 'The file changed or was cut short while it was read. Copy it again and compare sizes.',
  });
}
