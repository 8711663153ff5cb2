import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { SkiagramError } from '../base/error.ts';

/**
 * Writes a file whole or not at all: temp file beside it, fsync, rename. Folders are made.
 * Throws `disk-full` or `output-unwritable` with the path.
 */
export async function writeWhole(path: string, data: string | Uint8Array): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFileAtomic(path, typeof data === 'string' ? data : Buffer.from(data), { fsync: true });
  } catch (cause) {
    throw diskError(path, cause);
  }
}

/** A failed write or mkdir as an error people can act on. */
export function diskError(path: string, cause: unknown): SkiagramError {
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new SkiagramError({
      code: 'disk-full',
      message: `No space left to write ${path}.`,
      hint: 'Free some space, then run again with --resume: what was finished is kept.',
      cause,
    });
  return new SkiagramError({
    code: 'output-unwritable',
    message: `${path} could not be written (${code ?? String(cause)}).`,
    hint: 'Choose another folder with --out, or make this one writable.',
    cause,
  });
}
