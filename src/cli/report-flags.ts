import { papers } from '../base/paper.ts';
import type { Flag } from './command.ts';

/** Flags of every command that writes reports, beside the formats. */
export const reportFlags: readonly Flag[] = [
  {
    flags: '--paper <sheet>',
    text: 'sheet of the PDF (default: report.paper of the config, else a4)',
    choices: papers,
  },
  {
    flags: '--template <dir>',
    text: 'folder with templates of your own, laid over the built-in ones (docs/OUTPUTS.md)',
  },
];
