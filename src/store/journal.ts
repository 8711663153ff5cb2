import { appendFile, readFile } from 'node:fs/promises';
import { diskError } from './write.ts';

/** One thing that was computed, not read back. */
export interface JournalEntry {
  readonly time: string;
  readonly event: 'started' | 'resumed' | 'spectrum' | 'pair-moments' | 'null-spectrum' | 'evaluated' | 'finished';
  /** What was computed, e.g. `<fingerprint>/<tensor>` or `<checkpoint>/<suite>`. */
  readonly subject: string;
}

/**
 * Append-only list of work done, one JSON object a line. It decides nothing; it shows that a resumed run computed
 * nothing twice. A line torn by a kill is skipped on reading.
 */
export class Journal {
  readonly path: string;
  /** Whether this process has written already, so that the end of the file is known to be whole. */
  #checked = false;

  constructor(path: string) {
    this.path = path;
  }

  async append(event: JournalEntry['event'], subject: string): Promise<void> {
    const entry: JournalEntry = { time: new Date().toISOString(), event, subject };
    try {
      // A line torn by a kill is ended first, so that this entry stands on a line of its own.
      const torn =
        !this.#checked &&
        (await readFile(this.path, 'utf8').then(
          (text) => text !== '' && !text.endsWith('\n'),
          () => false,
        ));
      await appendFile(this.path, `${torn ? '\n' : ''}${JSON.stringify(entry)}\n`);
      this.#checked = true;
    } catch (cause) {
      throw diskError(this.path, cause);
    }
  }

  async entries(): Promise<JournalEntry[]> {
    const text = await readFile(this.path, 'utf8').catch(() => '');
    return text.split('\n').flatMap((line) => {
      try {
        return line === '' ? [] : [JSON.parse(line) as JournalEntry];
      } catch {
        return [];
      }
    });
  }
}
