import type { Command } from '../command.ts';

/** `skiagram setup`: the Python side of the live harness. */
export const setup: Command = {
  name: 'setup',
  summary: 'make .venv with the harness from the lock file',
  description:
    'Makes .venv in this folder from python/requirements.lock, with uv where it is installed, else with venv and pip. Says beforehand what it will download. Repeatable: an unchanged lock is not installed again.',
  arguments: [],
  flags: [{ flags: '--dry-run', text: 'say what would be installed, and stop' }],
  examples: [{ line: 'skiagram setup --dry-run', text: 'what would be downloaded, and how large it is' }],
  act: async (_args, options, { terminal, signal }) => {
    const { setupLive } = await import('../../pipeline/setup-live.ts');
    const { progressView } = await import('../progress-view.ts');
    const progress = progressView(terminal);
    const result = await setupLive({ progress, signal, dryRun: options.dryRun === true }).finally(() =>
      progress.close(),
    );
    if (terminal.json) terminal.printJson({ schemaVersion: '1.0', ...result });
    else terminal.print(result.text);
    return 0;
  },
};
