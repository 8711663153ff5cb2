import pc from 'picocolors';
import { SkiagramError, toErrorInfo } from '../base/error.ts';

/** Where a command prints: results to stdout, everything else to stderr. */
export class Terminal {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly colors: ReturnType<typeof pc.createColors>;
  /** True where a live display makes sense. */
  readonly live: boolean;
  /** Columns of the terminal, or what COLUMNS says, or 80; never below 60. */
  readonly width: number;

  constructor(options: { json?: boolean; quiet?: boolean; verbose?: boolean; color?: boolean }) {
    this.json = options.json ?? false;
    this.quiet = options.quiet ?? false;
    this.verbose = options.verbose ?? false;
    this.colors = pc.createColors(options.color !== false && pc.isColorSupported && process.stdout.isTTY === true);
    this.width = Math.max(60, process.stdout.columns ?? (Number(process.env.COLUMNS) || 80));
    this.live = process.stderr.isTTY === true && !this.quiet && !process.env.CI;
  }

  /** The result, for people. Silent in JSON mode. */
  print(text = ''): void {
    if (!this.json) process.stdout.write(`${text}\n`);
  }

  /** The result, for machines. */
  printJson(value: unknown): void {
    process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** What is going on. */
  note(text: string): void {
    if (!this.quiet) process.stderr.write(`${text}\n`);
  }

  warn(text: string): void {
    process.stderr.write(`${pc.yellow('warning')} ${text}\n`);
  }

  /** A user's problem as message and hint; a bug of ours with its trace. Control characters cannot reach the terminal. */
  error(thrown: unknown): void {
    const { message, hint, cause } = toErrorInfo(thrown);
    const known = thrown instanceof SkiagramError;
    if (this.json) {
      process.stderr.write(`${JSON.stringify({ error: toErrorInfo(thrown) })}\n`);
      return;
    }
    process.stderr.write(`${pc.red('error')} ${printable(message)}\n`);
    if (cause !== undefined && (this.verbose || causeMatters(thrown)))
      process.stderr.write(`${printable(indent(cause))}\n`);
    if (hint !== undefined) process.stderr.write(`${pc.dim('hint')}  ${printable(hint)}\n`);
    if (!known && this.verbose && thrown instanceof Error) process.stderr.write(`${thrown.stack ?? ''}\n`);
  }
}

/**
 * Text of an outsider (file names, harness output) without control characters that could drive the terminal, and without those
 * of bidirectional text, which could show it in another order than it is in.
 */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed here
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\uFFFD');
}

/** The last words of a child process say more than our summary of them. */
function causeMatters(thrown: unknown): boolean {
  return thrown instanceof SkiagramError && thrown.code.startsWith('harness');
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `  | ${line}`)
    .join('\n');
}
