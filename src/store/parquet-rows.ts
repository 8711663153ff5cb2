import { readFile } from 'node:fs/promises';
import { SkiagramError } from '../base/error.ts';

/**
 * Reads named columns of a Parquet file of ours, by row; integers as numbers. Undefined where there is no file.
 *
 * @throws SkiagramError `artifact-invalid` where it cannot be read or lacks a column
 */
export async function readParquet(
  path: string,
  columns: readonly string[],
): Promise<Record<string, unknown>[] | undefined> {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw invalid(path, cause);
  });
  if (bytes === undefined) return undefined;
  const { parquetReadObjects } = await import('hyparquet');
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  try {
    return await parquetReadObjects({ file, columns: [...columns] });
  } catch (cause) {
    throw invalid(path, cause);
  }
}

function invalid(path: string, cause: unknown): SkiagramError {
  return new SkiagramError({
    code: 'artifact-invalid',
    message: `${path} cannot be read: ${(cause as Error).message}`,
    hint: 'The file may be cut short: run again with --fresh, or copy it again.',
    cause,
  });
}
