import type { Terminal } from './terminal.ts';

/** Flags every command takes. */
export interface CommonOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly jobs?: number;
  readonly offline?: boolean;
}

/** What a command is given besides its own arguments and options. */
export interface Session {
  readonly terminal: Terminal;
  /** `jobs` is the number of cores this process may use where the user named none. */
  readonly common: CommonOptions & { readonly jobs: number };
  readonly signal: AbortSignal;
}

/** A flag as commander writes it, with the sentence `--help` shows. */
export interface Flag {
  readonly flags: string;
  readonly text: string;
  readonly choices?: readonly string[];
  /** Turns the text of the command line into a value; throws a SkiagramError of exit code 2. */
  readonly parse?: (text: string) => unknown;
}

/**
 * One command: data for `--help`, and one action that parses nothing and prints through the terminal.
 * The action loads what it needs when it is called, so that `--version` and `--help` stay quick.
 */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Longer text under the usage line. */
  readonly description: string;
  /** Arguments as commander writes them: `<id>`, `[config]`, `<path...>`. */
  readonly arguments: readonly { readonly name: string; readonly text: string }[];
  readonly flags: readonly Flag[];
  /** Command lines that work as printed, run from the root of the repository. */
  readonly examples: readonly { readonly line: string; readonly text: string }[];
  /** Returns the exit code. `options` are commander's, camel-cased. */
  readonly act: (
    args: readonly (string | readonly string[] | undefined)[],
    options: Readonly<Record<string, unknown>>,
    session: Session,
  ) => Promise<number>;
}
