import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { problemsOf } from '../../src/base/validate.ts';
import { RawRun } from '../../src/harness/raw-run.ts';
import type { Reader } from '../../src/harness/reader.ts';
import { openSource } from '../../src/harness/source/open-source.ts';

/** Contents of a folder by name; names may hold `/`. */
export type Files = Readonly<Record<string, string | Buffer>>;

/**
 * Writes the files into a folder of their own and reads those that the reader recognises, or those that are named.
 */
export async function readFiles(reader: Reader, files: Files, heads?: readonly string[]): Promise<RawRun[]> {
  const folder = await mkdtemp(join(tmpdir(), 'skiagram-reader-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    }
    const source = await openSource(folder);
    const chosen = [];
    for (const file of source.files)
      if (heads ? heads.includes(file.name) : await reader.recognises(file)) chosen.push(file);
    return await reader.read(chosen, source, { suite: 'core', fingerprint: 'f00d' });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Reads twice: the runs must be what the schema says, and the second reading the same to the byte. */
export async function readTwice(reader: Reader, files: Files): Promise<RawRun[]> {
  const [once, again] = [await readFiles(reader, files), await readFiles(reader, files)];
  for (const run of once) expect(problemsOf(RawRun, run)).toEqual([]);
  expect(JSON.stringify(again)).toBe(JSON.stringify(once));
  expect(problemsOf(RawRun, JSON.parse(JSON.stringify(once[0])))).toEqual([]);
  return once;
}
