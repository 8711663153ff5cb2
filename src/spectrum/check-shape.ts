import { SkiagramError } from '../base/error.ts';
import type { TensorLocation } from '../checkpoint/checkpoint.ts';

/** Rows and columns of a matrix. Throws `not-a-matrix` for any other number of dimensions. */
export function sides({ name, shape }: TensorLocation): { rows: number; cols: number } {
  const [rows, cols] = shape;
  if (shape.length !== 2 || rows === undefined || cols === undefined)
    throw new SkiagramError({
      code: 'not-a-matrix',
      message: `Tensor "${name}" has shape [${shape.join(', ')}]; a spectrum needs two dimensions.`,
      hint: 'Only matrices are diagnosed.',
    });
  return { rows, cols };
}

/** Throws `shape-mismatch` naming both shapes where two tensors cannot be compared entry by entry. */
export function sameShape(reference: TensorLocation, subject: TensorLocation): void {
  if (reference.shape.join('×') === subject.shape.join('×')) return;
  throw new SkiagramError({
    code: 'shape-mismatch',
    message: `Tensor "${subject.name}" is ${subject.shape.join('×')}, its partner "${reference.name}" ${reference.shape.join('×')}.`,
    hint: 'Only equal shapes are compared.',
  });
}
