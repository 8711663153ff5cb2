import { dirname } from 'node:path';
import type { Command, Session } from '../command.ts';
import { runWith } from '../run-config.ts';

/** `skiagram demo`: the whole path on the example family. */
export const demo: Command = {
  name: 'demo',
  summary: 'the whole path on the example family, live or with recorded scores',
  description:
    'Runs lm-eval live on the six example checkpoints, diagnoses their weights, joins both and writes runs/demo/report.html and report.pdf. Installs the harness first where it is missing, and says beforehand what that downloads. With --recorded it uses the committed results of a real run and needs no Python.',
  arguments: [],
  flags: [
    { flags: '--recorded', text: 'use the committed results of a real run instead of running the harness' },
    { flags: '--out <dir>', text: 'run folder (default: runs/demo)' },
    { flags: '--resume', text: 'go on with a stopped demo' },
    { flags: '--browser <path>', text: 'browser that prints the PDF' },
  ],
  examples: [{ line: 'skiagram demo --recorded', text: 'under a minute, no Python' }],
  act: (_args, options, session) => runDemo(options, session),
};

async function runDemo(options: Readonly<Record<string, unknown>>, session: Session): Promise<number> {
  const { demoConfig } = await import('../../pipeline/demo.ts');
  const recorded = options.recorded === true;
  const config = demoConfig(recorded);
  const python = recorded ? undefined : await installed(dirname(config), session);
  return runWith(
    config,
    {
      ...options,
      out: typeof options.out === 'string' ? options.out : 'runs/demo',
      fresh: options.resume !== true,
      ...(python === undefined ? {} : { python }),
    },
    session,
  );
}

async function installed(configFolder: string, { terminal, signal }: Session): Promise<string> {
  const { ensureHarness } = await import('../../pipeline/setup-live.ts');
  const { progressView } = await import('../progress-view.ts');
  const progress = progressView(terminal);
  const harness = await ensureHarness({ progress, signal, configFolder }).finally(() => progress.close());
  return harness.python;
}
