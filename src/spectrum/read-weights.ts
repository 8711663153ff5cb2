import { type FileHandle, open } from 'node:fs/promises';
import type { Axis, TensorLocation, TensorView } from '../checkpoint/checkpoint.ts';
import { decodeWeights } from './decode.ts';
import { widths } from './dtype-widths.ts';
import { truncated, unreadable, unsupported } from './refusals.ts';

/** Bytes asked for at once: one read cannot take 2 GiB, and a system may give less than was asked for. */
const piece = 2 ** 26;

/**
 * A whole tensor as float64, row-major. Throws `file-unreadable`, `file-truncated`, `dtype-unsupported`,
 * `weights-not-finite`.
 */
export async function readWeights({ name, dtype, file, begin, end, view }: TensorLocation): Promise<Float64Array> {
  if (widths[dtype] === undefined) throw unsupported(dtype, name);
  const handle = await open(file, 'r').catch((error: Error) => {
    throw unreadable(file, error.message);
  });
  try {
    const bytes = new Uint8Array(end - begin);
    for (let at = 0; at < bytes.length; ) {
      const read = await readPiece(handle, bytes, at, begin, file);
      if (read === 0) throw truncated(name, file);
      at += read;
    }
    const weights = decodeWeights(bytes, dtype, name);
    return view ? viewed(weights, view) : weights;
  } finally {
    await handle.close();
  }
}

/** The entries of a view, row-major. */
function viewed(weights: Float64Array, { offset, rows, cols }: TensorView): Float64Array {
  const [rowSteps, colSteps] = [steps(rows), steps(cols)];
  return Float64Array.from(
    { length: rowSteps.length * colSteps.length },
    (_, at) =>
      weights[
        offset + (rowSteps[Math.floor(at / colSteps.length)] as number) + (colSteps[at % colSteps.length] as number)
      ] as number,
  );
}

/** Distance of each index along one side from its first, most significant axis first. */
function steps(axes: readonly Axis[]): number[] {
  return axes.reduce(
    (sofar, { size, stride }) => sofar.flatMap((at) => Array.from({ length: size }, (_, digit) => at + digit * stride)),
    [0],
  );
}

async function readPiece(
  handle: FileHandle,
  bytes: Uint8Array,
  at: number,
  begin: number,
  file: string,
): Promise<number> {
  try {
    const { bytesRead } = await handle.read(bytes, at, Math.min(piece, bytes.length - at), begin + at);
    return bytesRead;
  } catch (error) {
    throw unreadable(file, (error as Error).message);
  }
}
