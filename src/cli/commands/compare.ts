import type { Command } from '../command.ts';

/** `skiagram compare`: what changed between two runs. */
export const compare: Command = {
  name: 'compare',
  summary: 'say what changed between two finished runs',
  description:
    'Matches comparisons and checkpoints of two run folders by id and prints how verdicts, family gains, indices, findings and summaries of spectra differ, with intervals. A number is called different only after correction for all that were looked at (Benjamini–Hochberg). Nothing is recomputed; the exit code is 0 whatever changed (`skiagram gate` judges).',
  arguments: [
    { name: '<before>', text: 'run folder' },
    { name: '<after>', text: 'run folder' },
  ],
  flags: [{ flags: '--all', text: 'also list numbers that did not differ' }],
  examples: [
    { line: 'skiagram compare runs/tiny runs/tiny', text: 'a run against itself: nothing differs' },
    { line: 'skiagram compare runs/tiny runs/tiny --json', text: 'the same as a document with a schema' },
  ],
  act: async ([before, after], options, { terminal }) => {
    const { compareFolders } = await import('../../pipeline/compare-folders.ts');
    const compared = await compareFolders(String(before), String(after));
    if (terminal.json) {
      terminal.printJson(compared);
      return 0;
    }
    const { comparedText } = await import('../compared-table.ts');
    for (const line of comparedText(compared, terminal, options.all === true)) terminal.print(line);
    return 0;
  },
};
