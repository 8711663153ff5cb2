import { crc32, inflateRawSync, zstdDecompressSync } from 'node:zlib';
import { type Entry, fromBufferPromise } from 'yauzl';
import { SkiagramError } from '../../base/error.ts';

/** Bounds of one archive. A real Inspect log: up to 10⁵ entries, samples of 5 kB to some MB packed 3 to 60 times. */
export interface ZipLimits {
  readonly entries: number;
  /** Largest entry, unpacked. */
  readonly entryBytes: number;
  /** All entries together, unpacked. */
  readonly totalBytes: number;
  /** How many times larger an entry may become; asked only of entries above `freeBytes`. */
  readonly ratio: number;
  readonly freeBytes: number;
}

export const zipLimits: ZipLimits = {
  entries: 200_000,
  entryBytes: 256 * 1024 * 1024,
  totalBytes: 4 * 1024 ** 3,
  ratio: 1000,
  freeBytes: 16 * 1024 * 1024,
};

export interface Zip {
  /** Names in the order of the directory; of one that comes several times, the last entry counts. */
  readonly names: readonly string[];
  /** Names that came several times. */
  readonly repeated: readonly string[];
  /** Unpacks one entry; undefined where there is none of that name. Throws `zip-corrupt`. */
  read(name: string): Buffer | undefined;
}

/** Ways of packing: 0 stored, 8 deflate, 93 Zstandard (APPNOTE.TXT 4.4.5). */
const methods = new Set([0, 8, 93]);

/**
 * Opens an untrusted zip archive held in memory. Nothing is written anywhere; the whole directory is checked before any
 * entry is unpacked, and an entry is unpacked only when asked for.
 *
 * @param file name of the archive, for errors
 * @throws SkiagramError `zip-corrupt` (a directory that lies, overlapping or encrypted entries, unknown packing, names
 *   that lead out of the archive), `zip-too-large`; both name the file and the entry
 */
export async function openZip(bytes: Buffer, file: string, limits: ZipLimits = zipLimits): Promise<Zip> {
  const places = await directory(bytes, file, limits);
  const byName = new Map<string, Place>();
  const repeated = new Set<string>();
  for (const place of places) {
    if (byName.has(place.name)) repeated.add(place.name);
    byName.set(place.name, place);
  }
  return {
    names: [...byName.keys()],
    repeated: [...repeated],
    read(name) {
      const place = byName.get(name);
      return place && unpacked(bytes, place, file);
    },
  };
}

interface Place {
  readonly name: string;
  readonly begin: number;
  readonly end: number;
  readonly entry: Entry;
}

async function directory(bytes: Buffer, file: string, limits: ZipLimits): Promise<Place[]> {
  const places: Place[] = [];
  let total = 0;
  let last = 'the directory';
  try {
    const zip = await fromBufferPromise(bytes, { validateEntrySizes: false });
    if (zip.entryCount > limits.entries)
      throw tooLarge(file, `it says that it has ${zip.entryCount} entries, more than ${limits.entries}`);
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName;
      last = `after ${name}`;
      if (name.endsWith('/')) continue;
      checkEntry(entry, file, limits);
      total += entry.uncompressedSize;
      if (total > limits.totalBytes)
        throw tooLarge(file, `its entries unpack to more than ${limits.totalBytes} bytes (at ${name})`);
      const local = await zip.readLocalFileHeaderPromise(entry).catch((cause: Error) => {
        throw corrupt(file, name, cause.message);
      });
      if (!local.fileName.equals(entry.fileNameRaw))
        throw corrupt(file, name, `the directory and the entry give different names (${local.fileName.toString()})`);
      if (local.compressionMethod !== entry.compressionMethod)
        throw corrupt(file, name, 'the directory and the entry give different ways of packing');
      places.push({
        name,
        begin: entry.relativeOffsetOfLocalHeader,
        end: local.fileDataStart + entry.compressedSize,
        entry,
      });
    }
  } catch (cause) {
    if (cause instanceof SkiagramError) throw cause;
    throw corrupt(file, last, (cause as Error).message);
  }
  const ordered = [...places].sort((one, two) => one.begin - two.begin);
  for (const [index, place] of ordered.entries()) {
    const next = ordered[index + 1];
    if (next && next.begin < place.end) throw corrupt(file, next.name, `it overlaps the entry ${place.name}`);
  }
  return places;
}

function checkEntry(entry: Entry, file: string, limits: ZipLimits): void {
  const { fileName: name, compressedSize, uncompressedSize } = entry;
  if (entry.isEncrypted()) throw corrupt(file, name, 'it is encrypted');
  if (!methods.has(entry.compressionMethod))
    throw corrupt(file, name, `it is packed by method ${entry.compressionMethod}; known are 0, 8 and 93`);
  if (entry.compressionMethod === 0 && compressedSize !== uncompressedSize)
    throw corrupt(file, name, `it is stored, yet ${compressedSize} bytes are to become ${uncompressedSize}`);
  if (uncompressedSize > limits.entryBytes)
    throw tooLarge(file, `the entry ${name} unpacks to ${uncompressedSize} bytes, more than ${limits.entryBytes}`);
  if (uncompressedSize > limits.freeBytes && uncompressedSize > limits.ratio * compressedSize)
    throw tooLarge(file, `the entry ${name} unpacks ${compressedSize} bytes to ${uncompressedSize}`);
}

function unpacked(bytes: Buffer, { name, entry, end }: Place, file: string): Buffer {
  const packed = bytes.subarray(end - entry.compressedSize, end);
  const size = entry.uncompressedSize;
  let content: Buffer;
  try {
    if (entry.compressionMethod === 0) content = packed;
    else if (entry.compressionMethod === 8) content = inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) });
    else content = unzstd(packed, size);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw corrupt(
      file,
      name,
      code === 'ERR_BUFFER_TOO_LARGE' ? `it unpacks to more than the ${size} bytes it says` : message,
    );
  }
  if (content.length !== size)
    throw corrupt(file, name, `it unpacks to ${content.length} bytes; the directory says ${size}`);
  if (crc32(content) !== entry.crc32) throw corrupt(file, name, 'its checksum is wrong');
  return content;
}

/** All frames of a Zstandard stream: zlib stops after each, and says how far it came. */
function unzstd(packed: Buffer, size: number): Buffer {
  const parts: Buffer[] = [];
  let length = 0;
  for (let at = 0; at < packed.length; ) {
    const frame = zstdDecompressSync(packed.subarray(at), { maxOutputLength: Math.max(size - length, 1), info: true });
    // The option `info` makes it an object, which the types do not say.
    const { buffer, engine } = frame as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
    if (engine.bytesWritten <= 0) throw new Error('its Zstandard stream does not end');
    parts.push(buffer);
    length += buffer.length;
    at += engine.bytesWritten;
  }
  return Buffer.concat(parts);
}

function corrupt(file: string, entry: string, what: string): SkiagramError {
  return new SkiagramError({
    code: 'zip-corrupt',
    message: `${file}: ${entry}: ${what}.`,
    hint: 'The archive is damaged, was not written completely, or was made to do harm. Copy it again.',
  });
}

function tooLarge(file: string, what: string): SkiagramError {
  return new SkiagramError({
    code: 'zip-too-large',
    message: `${file} is not read: ${what}.`,
    hint: 'Is this the archive you meant? No log of a benchmark is packed like this.',
  });
}
