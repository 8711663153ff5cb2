import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { StringDecoder } from 'node:string_decoder';
import { maxPieceLength } from './pieces.ts';
import { redact } from './redact.ts';

/** Copies a program's output to a file with credentials taken out. */
export interface RedactedLog {
  write(chunk: Buffer): void;
  /** Writes what is left and closes the file. Never rejects: `onFailure` was told. */
  end(): Promise<void>;
}

/**
 * Opens the file, emptying it. Text is held back up to its line end (`\r` or `\n`), so that no credential is seen in halves; of
 * a line without end `maxPieceLength` characters are kept back at most.
 *
 * @param onFailure called once, with the system's words, where the file cannot be opened or written
 */
export function redactedLog(file: string, onFailure: (reason: string) => void): RedactedLog {
  const decoder = new StringDecoder('utf8');
  const stream: WriteStream = createWriteStream(file);
  let rest = '';
  let failed = false;
  stream.on('error', (error) => {
    if (!failed) onFailure(error.message);
    failed = true;
  });
  const put = (text: string): void => {
    if (!failed && text !== '') stream.write(redact(text));
  };
  return {
    write(chunk) {
      rest += decoder.write(chunk);
      const whole = Math.max(rest.lastIndexOf('\n'), rest.lastIndexOf('\r')) + 1;
      const end = whole === 0 && rest.length > maxPieceLength ? rest.length : whole;
      put(rest.slice(0, end));
      rest = rest.slice(end);
    },
    async end() {
      put(rest + decoder.end());
      stream.end();
      await finished(stream).catch(() => {});
    },
  };
}
