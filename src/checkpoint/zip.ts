import { fromRandomAccessReaderPromise, RandomAccessReader } from 'yauzl';
import { SkiagramError } from '../base/error.ts';
import type { Bytes } from './bytes.ts';

/** Where an entry's bytes lie in the file. */
export interface ZipEntry {
  readonly begin: number;
  readonly end: number;
  /** True where the bytes are the content as it is, neither compressed nor encrypted. */
  readonly plain: boolean;
}

/**
 * Entries of a zip file by name, in its order. Nothing is unpacked.
 * Throws `zip-corrupt` for a damaged directory, an entry outside the file, and a name that occurs twice.
 */
export async function readZip(bytes: Bytes): Promise<Map<string, ZipEntry>> {
  const entries = new Map<string, ZipEntry>();
  try {
    const zip = await fromRandomAccessReaderPromise(new BytesReader(bytes), bytes.size, { autoClose: false });
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName;
      if (entries.has(name)) throw new Error(`the entry "${name}" occurs twice`);
      const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
      const end = fileDataStart + entry.compressedSize;
      if (!(end <= bytes.size)) throw new Error(`the entry "${name}" ends at byte ${end} of a file of ${bytes.size}`);
      const encrypted = (entry.generalPurposeBitFlag & 1) === 1;
      const plain = entry.compressionMethod === 0 && !encrypted && entry.compressedSize === entry.uncompressedSize;
      entries.set(name, { begin: fileDataStart, end, plain });
    }
  } catch (cause) {
    if (cause instanceof SkiagramError) throw cause;
    throw new SkiagramError({
      code: 'zip-corrupt',
      message: `${bytes.file} is not a whole zip file: ${(cause as Error).message}.`,
      hint: 'The file is damaged or was not written completely. Fetch or save it again.',
      cause,
    });
  }
  return entries;
}

/** Hands the zip reader its bytes; an answer in the same turn keeps its errors within its own promise. */
class BytesReader extends RandomAccessReader {
  private readonly bytes: Bytes;

  constructor(bytes: Bytes) {
    super();
    this.bytes = bytes;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    const part = this.bytes.read(position, position + length);
    const whole = part.length === length;
    if (whole) buffer.set(part, offset);
    callback(whole ? null : new Error('a part lies beyond the end of the file'));
  }
}
