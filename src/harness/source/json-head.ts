import type { SourceFile } from './open-source.ts';

/** Largest file that is parsed only to see what it is. */
const parsedBytes = 64 * 1024 * 1024;

/** How one format is told from the others. */
export interface JsonSigns {
  /** Found in the first 64 KiB of every file of the format; without it nothing is parsed. */
  readonly likely: RegExp;
  readonly is: (value: unknown) => boolean;
  /** Where the file is cut short or too large to parse: found in the first 64 KiB, enough to be sure. */
  readonly certain: RegExp;
  /** Where it cannot be parsed: a sign of another format. */
  readonly never?: RegExp;
}

/**
 * Is this a JSON file of the format? It is parsed where it may be one and is small; a file that is broken is still
 * recognised by signs that only this format has, so that its reader can say what is wrong with it.
 */
export async function jsonHead(file: SourceFile, signs: JsonSigns): Promise<boolean> {
  if (!/\.json$/i.test(file.name)) return false;
  const head = (await file.head()).toString('utf8');
  if (!/^\uFEFF?\s*[{[]/.test(head) || !signs.likely.test(head)) return false;
  if (file.size <= parsedBytes) {
    const parsed = await file.json().catch(() => undefined);
    if (parsed !== undefined) return signs.is(parsed.value);
  }
  return signs.certain.test(head) && !(signs.never?.test(head) ?? false);
}
