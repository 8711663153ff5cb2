import { availableParallelism } from 'node:os';
import { Command as Commander, CommanderError, InvalidArgumentError, Option } from 'commander';
import { exitCodes, SkiagramError } from '../base/error.ts';
import { visibleLines } from '../base/visible.ts';
import { toolVersion } from '../pipeline/version.ts';
import type { Command, CommonOptions, Session } from './command.ts';
import { commands } from './commands/registry.ts';
import { Terminal } from './terminal.ts';

/**
 * Parses the command line, runs one command and returns its exit code. A command that is named is the only one that is
 * loaded; help and a misspelt name need them all.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const stop = stopOnInterrupt();
  let code: number = exitCodes.ok;
  const program = new Commander('skiagram')
    .description(
      'Are a checkpoint’s benchmark gains broad learning, or a benchmark shadow?\nRuns benchmark suites and spectral weight diagnostics on the same checkpoints and joins them per task family.',
    )
    .version(toolVersion)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(visibleLines(text)) })
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: true })
    .addHelpText(
      'after',
      '\nStart with:\n  $ skiagram demo --recorded\n  $ skiagram diagnose examples/tiny/checkpoints/narrow --base examples/tiny/checkpoints/base',
    );
  const asked = argv[2] ?? '';
  const named = Object.hasOwn(commands, asked) ? commands[asked as keyof typeof commands] : undefined;
  for (const command of await Promise.all((named ? [named] : Object.values(commands)).map((load) => load()))) {
    program.addCommand(
      build(command, stop, (result) => {
        code = result;
      }),
    );
  }
  try {
    await program.parseAsync([...argv]);
    return code;
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    new Terminal({ json: argv.includes('--json'), verbose: argv.includes('--verbose') }).error(thrown);
    return thrown instanceof SkiagramError ? thrown.exitCode : exitCodes.input;
  }
}

function build(command: Command, signal: AbortSignal, done: (code: number) => void): Commander {
  const built = new Commander(command.name)
    .summary(command.summary)
    .description(command.description)
    .exitOverride()
    .showSuggestionAfterError();
  for (const argument of command.arguments) built.argument(argument.name, argument.text);
  for (const flag of command.flags) {
    const option = new Option(flag.flags, flag.text);
    if (flag.choices) option.choices(flag.choices);
    if (flag.parse) option.argParser(flag.parse);
    built.addOption(option);
  }
  addCommonFlags(built);
  built.addHelpText(
    'after',
    `\nExamples:\n${command.examples.map((example) => `  # ${example.text}\n  $ ${example.line}`).join('\n')}`,
  );
  built.action(async (...received: unknown[]) => {
    const options = received.at(-2) as Record<string, unknown> & CommonOptions & { color?: boolean };
    const terminal = new Terminal(options);
    const session: Session = { terminal, common: { ...options, jobs: options.jobs ?? availableParallelism() }, signal };
    done(await command.act(received.slice(0, -2) as (string | undefined)[], options, session));
  });
  return built;
}

function addCommonFlags(command: Commander): void {
  command
    .option('--json', 'machine output on stdout, everything else on stderr')
    .option('--quiet', 'no progress, only results, warnings and errors')
    .option('--verbose', 'more detail with errors')
    .option('--no-color', 'no colours (NO_COLOR does the same)')
    .option('--jobs <n>', 'matrices worked on at once (default: number of cores)', positiveInteger)
    .option('--offline', 'use no network: neither the hub nor what the harness fetches');
}

function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('It must be a whole number of at least 1.');
  return value;
}

/** First Ctrl-C or SIGTERM stops the work in order, so that nothing is orphaned; a second one ends at once. */
function stopOnInterrupt(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(exitCodes.interrupted);
      process.stderr.write('\nStopping … (again to end at once)\n');
      controller.abort(
        new SkiagramError({
          code: 'interrupted',
          message: 'Stopped.',
          hint: 'What was finished is kept: start again to go on (`run` takes --resume for that).',
          exitCode: exitCodes.interrupted,
        }),
      );
    });
  }
  return controller.signal;
}
