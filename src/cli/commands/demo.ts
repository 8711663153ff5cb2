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
  examples: [{ line: 'skiagram demo --recorded', text: 'about a minute, no Python' }],
  act: (_args, options, session) => runDemo(options, session),
};

async function runDemo(options: Readonly<Record<string, unknown>>, session: Session): Promise<number> {
  const { demoConfig, ensureHarness } = await import('../../pipeline/demo.ts');
  const recorded = options.recorded === true;
  const out = typeof options.out === 'string' ? options.out : 'runs/demo';
  const { progressView } = await import('../progress-view.ts');
  const progress = progressView(session.terminal);
  const python = recorded
    ? undefined
    : await ensureHarness({ progress, signal: session.signal }).finally(() => progress.close());
  return runWith(
    demoConfig(recorded),
    { ...options, out, fresh: options.resume !== true, ...(python === undefined ? {} : { python }) },
    session,
  );
}
