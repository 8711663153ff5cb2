import type { Command, Session } from '../command.ts';

/** `skiagram open`: the report of a run in the default browser. */
export const open: Command = {
  name: 'open',
  summary: 'open the report of a run in the default browser',
  description:
    'Opens report.html of a run folder in the default browser and returns at once. Where there is no screen (CI, SSH, a pipe) or with --print, prints its path instead.',
  arguments: [{ name: '[run]', text: 'run folder (default: the newest under runs/)' }],
  flags: [
    { flags: '--pdf', text: 'report.pdf instead' },
    { flags: '--print', text: 'print the path and open nothing' },
  ],
  examples: [{ line: 'skiagram open runs/tiny --print', text: 'where the report of a run is' }],
  act: ([folder], options, session) => openReport(folder as string | undefined, options, session),
};

async function openReport(
  named: string | undefined,
  options: Readonly<Record<string, unknown>>,
  { terminal }: Session,
): Promise<number> {
  const { existsSync } = await import('node:fs');
  const { join, resolve } = await import('node:path');
  const { exitCodes, SkiagramError } = await import('../../base/error.ts');
  const { newestRun } = await import('../../pipeline/report-again.ts');
  const { visible } = await import('../../base/visible.ts');
  const format = options.pdf === true ? 'pdf' : 'html';
  const run = named ?? (await newestRun('runs'));
  const path = resolve(join(run, `report.${format}`));
  if (!existsSync(path))
    throw new SkiagramError({
      code: 'report-missing',
      message: `${run} holds no report.${format}.`,
      hint: `Make it with \`skiagram report ${run} --format ${format}\`, or name another run folder.`,
      exitCode: exitCodes.usage,
    });
  const shown = options.print !== true && !terminal.json && process.stdout.isTTY === true && !process.env.CI;
  const opened = shown && (await inBrowser(path));
  if (terminal.json) terminal.printJson({ schemaVersion: '1.0', path, opened });
  terminal.print(opened ? `Opened ${visible(path)}` : visible(path));
  return exitCodes.ok;
}

/** Hands the file to the system and waits for nothing; false where the system has no program for it. */
async function inBrowser(path: string): Promise<boolean> {
  const { default: launch } = await import('open');
  try {
    const child = await launch(path, { wait: false });
    child.unref();
    // A missing program is told by an event that comes after the start.
    return await new Promise((done) => {
      child.once('error', () => done(false));
      setTimeout(() => done(true), 300);
    });
  } catch {
    return false;
  }
}
