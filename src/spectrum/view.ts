import type { Axis, TensorLocation, TensorView } from '../checkpoint/checkpoint.ts';
import { blockOf } from '../checkpoint/dtypes.ts';
import { inconsistent, unsupported } from './refusals.ts';

/** Stored elements that a matrix is made of, `low` to before `high`. */
export interface Extent {
  readonly low: number;
  readonly high: number;
}

/**
 * The stored elements a tensor touches, after everything was checked: bytes are whole blocks, the view stays within them
 * and names no more entries than are stored (so that a few bytes cannot stand for a huge matrix).
 * Throws `dtype-unsupported` and `tensor-inconsistent`.
 */
export function extentOf({ name, dtype, shape, begin, end, view }: TensorLocation): Extent {
  const block = blockOf(dtype);
  if (!block) throw unsupported(dtype, name);
  const blocks = (end - begin) / block.bytes;
  if (!Number.isSafeInteger(blocks) || blocks < 0 || begin < 0)
    throw inconsistent(name, `bytes ${begin} to ${end} are no whole ${dtype} numbers`);
  const stored = blocks * block.elements;
  const entries = shape.reduce((product, size) => product * size, 1);
  if (!view) {
    if (entries === stored) return { low: 0, high: stored };
    throw inconsistent(name, `shape ${shape.join('×')} for ${stored} stored numbers`);
  }
  const [rows = 0, cols = 0] = shape;
  if (shape.length !== 2 || size(view.rows) !== rows || size(view.cols) !== cols)
    throw inconsistent(name, `a view of ${size(view.rows)}×${size(view.cols)} for shape ${shape.join('×')}`);
  if (entries === 0) return { low: 0, high: 0 };
  let [low, high] = [view.offset, view.offset];
  for (const axis of [...view.rows, ...view.cols]) {
    if (axis.stride < 0) low += axis.stride * (axis.size - 1);
    else high += axis.stride * (axis.size - 1);
  }
  if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high) || low < 0 || high >= stored || entries > stored)
    throw inconsistent(name, `a view of ${entries} numbers from ${low} to ${high} into ${stored} stored ones`);
  return { low, high: high + 1 };
}

/** The entries of a view in row-major order; `stored` begins at `extent.low`. */
export function gathered(stored: Float64Array, { low }: Extent, view: TensorView): Float64Array {
  const down = offsets(view.rows);
  const across = offsets(view.cols);
  const values = new Float64Array(down.length * across.length);
  let at = 0;
  for (const row of down) {
    const start = view.offset - low + row;
    for (const col of across) values[at++] = stored[start + col] as number;
  }
  return values;
}

/** Offset of every index, the last axis running fastest: `[{2, 10}, {3, 1}]` is 0 1 2 10 11 12. */
function offsets(axes: readonly Axis[]): Float64Array {
  let all = Float64Array.of(0);
  for (const { size, stride } of axes) {
    const next = new Float64Array(all.length * size);
    for (let index = 0; index < next.length; index++)
      next[index] = (all[Math.floor(index / size)] as number) + (index % size) * stride;
    all = next;
  }
  return all;
}

/** Steps of all axes together; NaN where one is no size, which equals no side of any shape. */
function size(axes: readonly Axis[]): number {
  return axes.reduce(
    (product, axis) => (Number.isSafeInteger(axis.size) && axis.size >= 0 ? product * axis.size : Number.NaN),
    1,
  );
}
