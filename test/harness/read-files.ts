import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { problemsOf } from '../../src/base/validate.ts';
import { RawRun } from '../../src/harness/raw-run.ts';
import type { Reader, ReadOptions } from '../../src/harness/reader.ts';
import { openSource } from '../../src/harness/source/open-source.ts';
import { folder } from './stage.ts';

/** Files of one import by their names relative to its folder. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

export const plain: ReadOptions = { suite: 'core', fingerprint: null };

/** Writes the files into a folder of their own and lists it. */
export async function sourceOf(files: Files) {
  const root = await folder();
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), content);
  }
  return openSource(root);
}

/** Reads the named head, recognised or not: a broken file has to be refused with a reason by whoever is asked for it. */
export async function readHead(reader: Reader, files: Files, head: string, options = plain): Promise<RawRun[]> {
  const source = await sourceOf(files);
  return reader.read(
    source.files.filter(({ name }) => name === head),
    source,
    options,
  );
}

/** Reads what the reader recognises, twice, and checks that both are the same bytes and in the normal form. */
export async function readAll(reader: Reader, files: Files, options = plain): Promise<RawRun[]> {
  const [one, two] = [await recognised(reader, files, options), await recognised(reader, files, options)];
  expect(JSON.stringify(two)).toBe(JSON.stringify(one));
  for (const run of one) expect(problemsOf(RawRun, JSON.parse(JSON.stringify(run)))).toEqual([]);
  return one;
}

/** Names of the files that the reader takes for heads of its format. */
export async function headsOf(reader: Reader, files: Files): Promise<string[]> {
  const source = await sourceOf(files);
  const heads: string[] = [];
  for (const file of source.files) if (await reader.recognises(file)) heads.push(file.name);
  return heads;
}

async function recognised(reader: Reader, files: Files, options: ReadOptions): Promise<RawRun[]> {
  const source = await sourceOf(files);
  const heads = [];
  for (const file of source.files) if (await reader.recognises(file)) heads.push(file);
  return reader.read(heads, source, options);
}

/** Reads the files that the reader recognises, or those that are named, for weights with a fingerprint. */
export async function readFiles(reader: Reader, files: Files, heads?: readonly string[]): Promise<RawRun[]> {
  const source = await sourceOf(files);
  const chosen = [];
  for (const file of source.files)
    if (heads ? heads.includes(file.name) : await reader.recognises(file)) chosen.push(file);
  return reader.read(chosen, source, attested);
}

/** The same, twice: the runs must be what the schema says, and the second reading the same to the byte. */
export function readTwice(reader: Reader, files: Files): Promise<RawRun[]> {
  return readAll(reader, files, attested);
}

const attested: ReadOptions = { suite: 'core', fingerprint: 'f00d' };
