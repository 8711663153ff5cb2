import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline, type Readable, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { SkiagramError } from '../../base/error.ts';

export interface SampleLimits {
  /** Longest line. A real one is 1 kB to 100 kB (long-context prompts); one holding images as text reaches some MB. */
  readonly lineBytes: number;
  /** All of a file, unpacked: a gzip bomb stops here. */
  readonly totalBytes: number;
}

export const sampleLimits: SampleLimits = { lineBytes: 32 * 1024 * 1024, totalBytes: 16 * 1024 ** 3 };

/** The lines of one samples file, and once they are all read, its SHA-256 (of the file as it is, packed or not). */
export interface SampleLines extends AsyncIterable<{ text: string; number: number }> {
  sha256(): string;
}

/**
 * Streams a `.jsonl` or `.jsonl.gz` file line by line; blank lines are left out and numbers count from 1.
 *
 * @throws SkiagramError while iterating: `samples-unreadable` (broken archive, unreadable file), `samples-too-large`
 */
export function sampleLines(file: string, limits: SampleLimits = sampleLimits): SampleLines {
  const hash = createHash('sha256');
  const tap = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  return {
    sha256: () => hash.digest('hex'),
    async *[Symbol.asyncIterator]() {
      const source = createReadStream(file);
      // Errors reach the reader of the last stream, which pipeline destroys.
      const bytes: Readable = file.endsWith('.gz')
        ? pipeline(source, tap, createGunzip(), () => {})
        : pipeline(source, tap, () => {});
      try {
        yield* lines(bytes, basename(file), limits);
      } catch (cause) {
        if (cause instanceof SkiagramError) throw cause;
        throw new SkiagramError({
          code: 'samples-unreadable',
          message: `${basename(file)} cannot be read: ${(cause as Error).message}`,
          hint: 'The file may be cut short: copy it again or run the harness again.',
          cause,
        });
      }
    },
  };
}

async function* lines(
  bytes: Readable,
  name: string,
  limits: SampleLimits,
): AsyncGenerator<{ text: string; number: number }> {
  let open: Buffer[] = [];
  let length = 0;
  let total = 0;
  let number = 0;
  const close = (): { text: string; number: number } | undefined => {
    const text = Buffer.concat(open).toString('utf8');
    open = [];
    length = 0;
    number++;
    return text.trim() === '' ? undefined : { text, number };
  };
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    total += chunk.length;
    if (total > limits.totalBytes) throw tooLarge(name, `more than ${limits.totalBytes} bytes`);
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      open.push(chunk.subarray(start, end));
      start = end + 1;
      const line = close();
      if (line) yield line;
    }
    open.push(chunk.subarray(start));
    length += chunk.length - start;
    if (length > limits.lineBytes) throw tooLarge(name, `line ${number + 1} is longer than ${limits.lineBytes} bytes`);
  }
  const last = close();
  if (last) yield last;
}

function tooLarge(name: string, what: string): SkiagramError {
  return new SkiagramError({
    code: 'samples-too-large',
    message: `${name} is not read: ${what}.`,
    hint: 'Is this a samples file of lm-eval? Move it away to use the totals alone.',
  });
}
