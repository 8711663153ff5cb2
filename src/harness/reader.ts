import type { TableMapping } from '../base/table-mapping.ts';
import type { RawRun } from './raw-run.ts';
import type { Source, SourceFile } from './source/open-source.ts';

/** What results are to be counted for, and what the files themselves do not say. */
export interface ReadOptions {
  readonly suite: string;
  /** Fingerprint of the weights that were scored; null where nobody vouches for it. */
  readonly fingerprint: string | null;
  /** Columns of a table; only the `table` format asks. */
  readonly mapping?: TableMapping;
}

/** One format of results that can be imported. Everything in its files is untrusted. */
export interface Reader {
  readonly title: string;
  /** What it looks like on disk, for people: "`results_*.json` with `samples_*.jsonl` beside it". */
  readonly reads: string;
  /**
   * Is this file, by its content, the head of results in this format? Cheap, and false (never an error) for whatever
   * it does not know: files that cannot be parsed are some other reader's, or nobody's.
   */
  readonly recognises: (file: SourceFile) => Promise<boolean>;
  /**
   * Takes files that could be anything (a table is a table), so it is asked only where no other reader knows a file or
   * where the user named it.
   */
  readonly lastResort?: boolean;
  /**
   * Reads the heads that were recognised into one run per model (and per setting, where one model was run in several).
   *
   * @throws SkiagramError naming the file and the place in it, `results-malformed` where a value is not what the
   *   format says; nothing is guessed and nothing dropped without an entry in `leftOut`
   */
  readonly read: (heads: readonly SourceFile[], source: Source, options: ReadOptions) => Promise<RawRun[]>;
}
