import { open } from 'node:fs/promises';
import type { TensorLocation } from '../checkpoint/checkpoint.ts';
import { decodeInto, widths } from './decode.ts';
import { notFinite, truncated, unreadable, unsupported } from './refusals.ts';

/** Bytes read at once: one system call cannot read 2 GiB, and the stored form need not be held beside the decoded one. */
const piece = 1 << 23;

/**
 * A tensor as float64, row-major. Throws `dtype-unsupported`, `file-unreadable`, `file-truncated` and
 * `weights-not-finite`.
 */
export async function readWeights(tensor: TensorLocation): Promise<Float64Array> {
  const { dtype, file, begin, end } = tensor;
  const width = widths[dtype];
  if (width === undefined) throw unsupported(tensor);
  const values = new Float64Array(lengthOf(tensor, width));
  const bytes = new Uint8Array(Math.min(piece, end - begin));
  let [nan, infinite] = [0, 0];
  await using handle = await open(file, 'r').catch((cause: unknown) => Promise.reject(unreadable(tensor, cause)));
  for (let from = begin; from < end; from += piece) {
    const part = bytes.subarray(0, Math.min(piece, end - from));
    await fill(part, from);
    const bad = decodeInto(part, dtype, values, (from - begin) / width);
    nan += bad.nan;
    infinite += bad.infinite;
  }
  if (nan + infinite > 0) throw notFinite(tensor, { nan, infinite });
  return values;

  async function fill(part: Uint8Array, from: number): Promise<void> {
    for (let done = 0; done < part.length; ) {
      const { bytesRead } = await handle
        .read(part, done, part.length - done, from + done)
        .catch((cause: unknown) => Promise.reject(unreadable(tensor, cause)));
      if (bytesRead === 0) throw truncated(tensor);
      done += bytesRead;
    }
  }
}

function lengthOf({ begin, end, shape, dtype }: TensorLocation, width: number): number {
  const length = shape.reduce((product, side) => product * side, 1);
  if (end - begin !== length * width) throw new Error(`Bytes ${begin} to ${end} cannot hold ${shape.join(' × ')} ${dtype}.`);
  return length;
}
