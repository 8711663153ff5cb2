import { createHash } from 'node:crypto';
import { open, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { SkiagramError } from '../../base/error.ts';
import type { LeftOut } from '../raw-run.ts';
import { type ParsedJson, parseJson } from './json.ts';

/** One file of results. Contents are read when asked for and kept. */
export interface SourceFile {
  /** Relative to what was named, with `/`; its base name where a file was named. What errors and artifacts call it. */
  readonly name: string;
  readonly path: string;
  readonly size: number;
  /** The first 64 KiB. */
  head(): Promise<Buffer>;
  /** Throws `results-too-large` where the file is larger than what is read whole, `results-unreadable`. */
  bytes(): Promise<Buffer>;
  /** Its JSON, as Python writes it. Throws `results-malformed` with line and column, `results-too-large`. */
  json(): Promise<ParsedJson>;
  sha256(): Promise<string>;
  /** A file in the same folder; undefined where there is none. */
  sibling(name: string): Promise<SourceFile | undefined>;
}

/** What the user named: one file, or a folder with everything below it. */
export interface Source {
  readonly path: string;
  /** In order of their names. */
  readonly files: readonly SourceFile[];
  /** What the walk passed over: links out of the folder, folders too deep. */
  readonly leftOut: readonly LeftOut[];
}

/** Bounds of one source. Real ones: a results file 15 kB to 3 MB, an Inspect log up to some hundred MB, 10³ files. */
export interface SourceLimits {
  readonly wholeBytes: number;
  readonly files: number;
  readonly depth: number;
}

export const sourceLimits: SourceLimits = { wholeBytes: 512 * 1024 * 1024, files: 20_000, depth: 8 };

/**
 * Lists the files at a path without reading them. Links inside a folder are not followed: results are foreign, and a
 * link can point at anything.
 *
 * @throws SkiagramError `results-missing`, `results-too-many`
 */
export async function openSource(path: string, limits: SourceLimits = sourceLimits): Promise<Source> {
  const root = await realpath(resolve(path)).catch(() => undefined);
  const entry = root === undefined ? undefined : await stat(root).catch(() => undefined);
  if (root === undefined || entry === undefined)
    throw new SkiagramError({
      code: 'results-missing',
      message: `There is nothing at ${path}.`,
      hint: 'Name a results file, or the folder that the harness wrote.',
    });
  if (!entry.isDirectory() && !entry.isFile()) throw special(path);
  if (!entry.isDirectory())
    return { path: root, files: [sourceFile(root, basename(root), entry.size, limits)], leftOut: [] };
  const files: SourceFile[] = [];
  const leftOut: LeftOut[] = [];
  await walk(root, '', 0);
  return { path: root, files, leftOut };

  async function walk(folder: string, prefix: string, depth: number): Promise<void> {
    const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) =>
      Promise.reject(unreadable(prefix === '' ? path : prefix, cause)),
    );
    for (const child of entries.sort((one, two) => (one.name < two.name ? -1 : 1))) {
      const name = `${prefix}${child.name}`;
      const place = join(folder, child.name);
      if (child.isSymbolicLink()) leftOut.push({ what: name, reason: 'a link; links in a folder are not followed' });
      else if (child.isDirectory() && depth >= limits.depth)
        leftOut.push({ what: `${name}/`, reason: `deeper than ${limits.depth} folders` });
      else if (child.isDirectory()) await walk(place, `${name}/`, depth + 1);
      else if (!child.isFile()) leftOut.push({ what: name, reason: 'a pipe, socket or device; only files are read' });
      else files.push(sourceFile(place, name, await sizeOf(place, name), limits));
      if (files.length > limits.files)
        throw new SkiagramError({
          code: 'results-too-many',
          message: `${path} holds more than ${limits.files} files.`,
          hint: 'Name the folder of one run.',
        });
    }
  }
}

function sourceFile(path: string, name: string, size: number, limits: SourceLimits): SourceFile {
  let whole: Promise<Buffer> | undefined;
  let parsed: Promise<ParsedJson> | undefined;
  const file: SourceFile = {
    name,
    path,
    size,
    async head() {
      const handle = await open(path).catch((cause: unknown) => Promise.reject(unreadable(name, cause)));
      try {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.min(size, 65_536)), 0, undefined, 0);
        return buffer.subarray(0, bytesRead);
      } finally {
        await handle.close();
      }
    },
    bytes() {
      if (size > limits.wholeBytes) return Promise.reject(tooLarge(name, size, limits));
      whole ??= readFile(path).then(
        (content) => (content.length === size ? content : Promise.reject(changed(name, size, content.length))),
        (cause: unknown) => Promise.reject(unreadable(name, cause)),
      );
      return whole;
    },
    json() {
      parsed ??= file.bytes().then((bytes) => parseJson(bytes.toString('utf8'), name));
      return parsed;
    },
    sha256: async () =>
      createHash('sha256')
        .update(await file.bytes())
        .digest('hex'),
    async sibling(other) {
      const place = join(dirname(path), basename(other));
      const entry = await stat(place).catch(() => undefined);
      if (!entry?.isFile()) return undefined;
      return sourceFile(
        place,
        `${name.slice(0, name.length - basename(path).length)}${basename(other)}`,
        entry.size,
        limits,
      );
    },
  };
  return file;
}

/** Opening a pipe waits for whoever writes to it, and a device may never end. */
function special(path: string): SkiagramError {
  return new SkiagramError({
    code: 'results-unreadable',
    message: `${path} is neither a file nor a folder but a pipe, a socket or a device.`,
    hint: 'Save its contents as a file first.',
  });
}

function tooLarge(name: string, size: number, limits: SourceLimits): SkiagramError {
  return new SkiagramError({
    code: 'results-too-large',
    message: `${name} is not read: it has ${size} bytes, more than the ${limits.wholeBytes} that are read whole.`,
    hint: 'Results are small; is this the file you meant?',
  });
}

async function sizeOf(place: string, name: string): Promise<number> {
  return (await stat(place).catch((cause: unknown) => Promise.reject(unreadable(name, cause)))).size;
}

function changed(name: string, size: number, found: number): SkiagramError {
  return new SkiagramError({
    code: 'results-unreadable',
    message: `${name} changed while it was read: it had ${size} bytes and now has ${found}.`,
    hint: 'Import it once the harness is done with it.',
  });
}

function unreadable(name: string, cause: unknown): SkiagramError {
  return new SkiagramError({
    code: 'results-unreadable',
    message: `${name} cannot be read: ${(cause as Error).message}`,
    hint: 'Check that the file is there and may be read.',
    cause,
  });
}
