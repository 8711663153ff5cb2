import { StringDecoder } from 'node:string_decoder';

/** Longest piece of output that is kept; what follows is dropped up to the next line end. */
export const maxPieceLength = 65_536;

/** Cuts a stream of bytes into the texts between carriage returns and line feeds: log lines and progress-bar states. */
export interface Pieces {
  /** The pieces that ended in this chunk. Empty ones are left out. */
  push(chunk: Uint8Array): string[];
  /** The text since the last line end: a bar that has just been drawn, or half a line. */
  pending(): string;
}

/**
 * A progress bar redraws itself with `\r` and ends with no line feed, so its last state is only ever `pending`.
 *
 * @example `push('  0%| | 0/8\r 50%| | 4/8')` gives `['  0%| | 0/8']` and leaves `' 50%| | 4/8'` pending.
 */
export function pieces(): Pieces {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  return {
    push(chunk) {
      const parts = (rest + decoder.write(Buffer.from(chunk))).split(/[\r\n]/);
      rest = (parts.pop() ?? '').slice(0, maxPieceLength);
      return parts.filter((part) => part.trim() !== '').map((part) => part.slice(0, maxPieceLength));
    },
    pending: () => rest,
  };
}
