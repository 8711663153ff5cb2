import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SkiagramError } from '../base/error.ts';

/** A JSON object beside the weights; empty where there is no such file. Throws `config-corrupt`. */
export async function readJson(folder: string, name: string): Promise<Record<string, unknown>> {
  const path = join(folder, name);
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return '{}';
    throw corrupt(path, cause);
  });
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (cause) {
    throw corrupt(path, cause);
  }
  throw corrupt(path, 'it is not a JSON object');
}

function corrupt(path: string, cause: unknown): SkiagramError {
  return new SkiagramError({
    code: 'config-corrupt',
    message: `${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
    hint: 'Fetch or save it again. A config.json is optional: the file may also be removed.',
    cause,
  });
}
