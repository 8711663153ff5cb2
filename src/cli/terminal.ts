import pc from 'picocolors';
import { SkiagramError, toErrorInfo } from '../base/error.ts';
import { visible, visibleLines } from '../base/visible.ts';

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
    process.stderr.write(`${pc.yellow('warning')} ${visible(text)}\n`);
  }

  /** A file that a command wrote, among its results. */
  wrote(path: string): void {
    this.print(`  ${this.colors.dim('wrote')} ${visible(path)}`);
  }

  /** A user's problem as message and hint; a bug of ours with its trace. Control characters cannot reach the terminal. */
  error(thrown: unknown): void {
    const { message, hint, cause } = toErrorInfo(thrown);
    const known = thrown instanceof SkiagramError;
    if (this.json) {
      process.stderr.write(`${JSON.stringify({ error: toErrorInfo(thrown) })}\n`);
      return;
    }
    process.stderr.write(`${pc.red('error')} ${visibleLines(message)}\n`);
    if (cause !== undefined && (this.verbose || causeMatters(thrown)))
      process.stderr.write(`${indent(visibleLines(cause))}\n`);
    if (hint !== undefined) process.stderr.write(`${pc.dim('hint')}  ${visible(hint)}\n`);
    if (!known && this.verbose && thrown instanceof Error) process.stderr.write(`${thrown.stack ?? ''}\n`);
  }
}

export { visible as printable };

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
