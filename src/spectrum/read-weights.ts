import { setImmediate } from 'node:timers/promises';
import { type Bytes, type OpenedBytes, openBytes } from '../checkpoint/bytes.ts';
import type { LowRankUpdate, TensorLocation, TensorScale } from '../checkpoint/checkpoint.ts';
import { blockOf } from '../checkpoint/dtypes.ts';
import { decodeElements } from './decode.ts';
import { inconsistent, notFinite, truncated, unsupported } from './refusals.ts';
import { type Extent, extentOf, gathered } from './view.ts';

/** Bytes decoded at once, so that stored bytes and numbers are not both held whole. */
const piece = 2 ** 22;

/**
 * A whole matrix as float64, row-major: its stored numbers through its view, times its scales, plus its low-rank updates. A
 * tensor of another number of dimensions is read the same way where it has no view.
 *
 * Throws `file-unreadable`, `file-truncated`, `dtype-unsupported`, `tensor-inconsistent` (shape, view, scales or updates do
 * not fit the stored bytes) and `weights-not-finite`.
 */
export async function readWeights(location: TensorLocation): Promise<Float64Array> {
  // Decoding a large tensor takes a while: signals and progress get their turn before it.
  await setImmediate();
  const opened = new Map<string, OpenedBytes>();
  try {
    return weightsFrom(location, (file) => {
      const bytes = opened.get(file) ?? openBytes(file);
      opened.set(file, bytes);
      return bytes;
    });
  } finally {
    for (const bytes of opened.values()) bytes.close();
  }
}

/** The same out of files that are open already. Nothing is allocated before shape and bytes were held against each other. */
export function weightsFrom(location: TensorLocation, source: (file: string) => Bytes): Float64Array {
  if (!blockOf(location.dtype)) throw unsupported(location.dtype, location.name);
  const bytes = source(location.file);
  if (bytes.size < location.end) throw truncated(location.name, location.file);
  const extent = extentOf(location);
  const stored = readElements(location, extent, bytes);
  const weights = location.view ? gathered(stored, extent, location.view) : stored;
  if (location.scaled) scale(weights, location, location.scaled, source);
  for (const update of location.updates ?? []) addUpdate(weights, location, update, source);
  checkFinite(weights, location.name);
  return weights;
}

/** The stored numbers from `extent.low` to `extent.high`, decoded piece by piece. */
function readElements({ name, dtype, file, begin }: TensorLocation, { low, high }: Extent, bytes: Bytes): Float64Array {
  const block = blockOf(dtype);
  if (!block || high <= low) return new Float64Array(0);
  const firstBlock = Math.floor(low / block.elements);
  const lastBlock = Math.ceil(high / block.elements);
  const values = new Float64Array((lastBlock - firstBlock) * block.elements);
  const blocksAtOnce = Math.max(1, Math.floor(piece / block.bytes));
  for (let at = firstBlock; at < lastBlock; at += blocksAtOnce) {
    const until = Math.min(lastBlock, at + blocksAtOnce);
    const part = bytes.read(begin + at * block.bytes, begin + until * block.bytes);
    if (part.length < (until - at) * block.bytes) throw truncated(name, file);
    values.set(decodeElements(part, dtype, name), (at - firstBlock) * block.elements);
  }
  return values.subarray(low - firstBlock * block.elements, high - firstBlock * block.elements);
}

/** Entry (i, j) × scale[⌊i/blockRows⌋, ⌊j/blockCols⌋], in place. */
function scale(
  weights: Float64Array,
  { name, shape }: TensorLocation,
  { scale: location, blockRows, blockCols }: TensorScale,
  source: (file: string) => Bytes,
): void {
  const [rows = 0, cols = 0] = shape;
  const [down = 0, across = 0] = location.shape;
  if (
    !(blockRows >= 1 && blockCols >= 1) ||
    down !== Math.ceil(rows / blockRows) ||
    across !== Math.ceil(cols / blockCols)
  )
    throw inconsistent(
      name,
      `scales of ${down}×${across} in blocks of ${blockRows}×${blockCols} for ${rows}×${cols} numbers`,
    );
  const factors = weightsFrom(location, source);
  for (let row = 0; row < rows; row++) {
    const first = Math.floor(row / blockRows) * across;
    for (let col = 0; col < cols; col++)
      weights[row * cols + col] =
        (weights[row * cols + col] as number) * (factors[first + Math.floor(col / blockCols)] as number);
  }
}

/** Adds factor · B A, in place. */
function addUpdate(
  weights: Float64Array,
  { name, shape }: TensorLocation,
  { a: locationA, b: locationB, factor }: LowRankUpdate,
  source: (file: string) => Bytes,
): void {
  const [rows = 0, cols = 0] = shape;
  const rank = locationA.shape[0] ?? 0;
  if (locationB.shape[0] !== rows || locationB.shape[1] !== rank || locationA.shape[1] !== cols)
    throw inconsistent(
      name,
      `an update of ${locationB.shape.join('×')} by ${locationA.shape.join('×')} to ${rows}×${cols} numbers`,
    );
  const [a, b] = [weightsFrom(locationA, source), weightsFrom(locationB, source)];
  for (let row = 0; row < rows; row++)
    for (let inner = 0; inner < rank; inner++) {
      const weight = factor * (b[row * rank + inner] as number);
      for (let col = 0; col < cols; col++)
        weights[row * cols + col] = (weights[row * cols + col] as number) + weight * (a[inner * cols + col] as number);
    }
}

function checkFinite(weights: Float64Array, name: string): void {
  let nan = 0;
  let infinite = 0;
  for (const value of weights) {
    if (Number.isFinite(value)) continue;
    if (Number.isNaN(value)) nan++;
    else infinite++;
  }
  if (nan + infinite > 0) throw notFinite(name, nan, infinite, weights.length);
}
