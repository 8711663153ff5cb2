/** Elements from the first to the last of a strided tensor, both included; 0 where a size is 0. `[2, 3]`, `[1, 4]` gives 10. */
export function extentOf(shape: readonly number[], strides: readonly number[]): number {
  if (shape.includes(0)) return 0;
  return shape.reduce((extent, size, axis) => extent + (size - 1) * (strides[axis] ?? 0), 1);
}

/** Whether the last axis runs fastest, without gaps. The strides of axes of one step, and of an empty tensor, mean nothing. */
export function isRowMajor(shape: readonly number[], strides: readonly number[]): boolean {
  if (shape.includes(0)) return true;
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const size = shape[axis] ?? 0;
    if (size !== 1 && strides[axis] !== expected) return false;
    expected *= size;
  }
  return true;
}
