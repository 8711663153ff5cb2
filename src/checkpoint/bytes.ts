import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { SkiagramError } from '../base/error.ts';

/** A file, or a buffer that stands for one: what the readers of structure see. */
export interface Bytes {
  /** Its path, for messages and for the locations that come out of it. */
  readonly file: string;
  readonly size: number;
  /** The bytes `begin` to `end`, fewer where the file ends before. Never allocates more than it returns. */
  read(begin: number, end: number): Uint8Array;
}

/** An opened file. */
export interface OpenedBytes extends Bytes {
  close(): void;
}

/** Bytes asked for at once: one read cannot take 2 GiB, and a system may give less than was asked for. */
const piece = 2 ** 26;

/** Opens a file for reading. Throws `file-unreadable`, also from `read`. */
export function openBytes(file: string): OpenedBytes {
  const attempt = <Value>(work: () => Value): Value => {
    try {
      return work();
    } catch (cause) {
      throw new SkiagramError({
        code: 'file-unreadable',
        message: `${file} could not be read: ${(cause as Error).message}.`,
        hint: 'Check that the file is still there and readable.',
        cause,
      });
    }
  };
  const handle = attempt(() => openSync(file, 'r'));
  return {
    file,
    size: attempt(() => fstatSync(handle).size),
    read: (begin, end) => attempt(() => readRange(handle, begin, Math.min(end, fstatSync(handle).size))),
    close: () => closeSync(handle),
  };
}

/** A buffer as a file. */
export function bytesOf(buffer: Uint8Array, file = 'memory'): Bytes {
  return {
    file,
    size: buffer.length,
    read: (begin, end) => buffer.subarray(begin, Math.max(begin, end)),
  };
}

function readRange(handle: number, begin: number, end: number): Uint8Array {
  const bytes = new Uint8Array(Math.max(0, end - begin));
  for (let at = 0; at < bytes.length; ) {
    const count = readSync(handle, bytes, at, Math.min(piece, bytes.length - at), begin + at);
    if (count === 0) return bytes.subarray(0, at);
    at += count;
  }
  return bytes;
}
