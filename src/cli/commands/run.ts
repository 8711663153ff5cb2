import type { ReportFormat } from '../../config/config.ts';
import type { Command } from '../command.ts';
import { reportFlags } from '../report-flags.ts';
import { configFlags, formatsFlag, runWith } from '../run-config.ts';

/** `skiagram run`: everything that a config names. */
export const run: Command = {
  name: 'run',
  summary: 'evaluate, diagnose, join and report everything that a config names',
  description:
    'Runs the whole path for a config: opens and fingerprints the checkpoints, computes spectra, runs the harness, joins both per task family, and writes verdicts and reports.\nExit codes: 0 done, 2 usage or config, 3 a tool, harness or input failed, 5 report written but PDF failed, 130 interrupted.',
  arguments: [{ name: '[config]', text: 'config file; skiagram.yaml here when left out' }],
  flags: [...configFlags, formatsFlag, ...reportFlags],
  examples: [
    {
      line: 'skiagram run examples/tiny/recorded.yaml --out runs/tiny --fresh',
      text: 'the example family, with its recorded scores',
    },
    {
      line: 'skiagram run examples/tiny/recorded.yaml --out runs/tiny --resume --format html,pdf',
      text: 'go on with it, and print a PDF too',
    },
  ],
  act: ([config], options, session) =>
    runWith(
      config as string | undefined,
      { ...options, formats: options.format as ReportFormat[] | undefined },
      session,
    ),
};
