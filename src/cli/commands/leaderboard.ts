import { didYouMean } from '../../base/did-you-mean.ts';
import { exitCodes, SkiagramError } from '../../base/error.ts';
import type { BoardFormat } from '../../pipeline/leaderboard/make-leaderboard.ts';
import type { Command } from '../command.ts';

const known: readonly BoardFormat[] = ['html', 'json', 'csv'];

/** `skiagram leaderboard`: rank the models of one or more finished runs. */
export const leaderboard: Command = {
  name: 'leaderboard',
  summary: 'rank the models of finished runs, with intervals, tie groups and their verdicts',
  description:
    'Sets every checkpoint of the named runs side by side on the tasks, settings and items that they have in common, and says which ranks the data leave open. Scores that name no weights, are quoted or come from an adaptive evaluation are listed and never tested. Needs no Python, no GPU and no weights.',
  arguments: [{ name: '[run...]', text: 'run folders' }],
  flags: [
    { flags: '--out <dir>', text: 'folder for the pages and files (default: leaderboard)' },
    { flags: '--single-file', text: 'one HTML file instead of a page a model and family' },
    {
      flags: '--format <list>',
      text: 'what to write, separated by commas: html, json, csv (default: all)',
      parse: parseFormats,
    },
    { flags: '--history <file>', text: 'JSON lines file to add this build to; earlier builds are drawn as lines' },
    { flags: '--title <text>', text: 'title of the board (default: that of the run)' },
  ],
  examples: [
    {
      line: 'skiagram leaderboard runs/tiny --out runs/board',
      text: 'the checkpoints of one run: open runs/board/index.html',
    },
    {
      line: 'skiagram leaderboard runs/tiny --out runs/board --single-file --history runs/board.jsonl',
      text: 'one file to send, with a line a model over builds',
    },
  ],
  act: async ([runs], options, { terminal, signal }) => {
    const { makeLeaderboard } = await import('../../pipeline/leaderboard/make-leaderboard.ts');
    const { board, written } = await makeLeaderboard({
      runs: (runs ?? []) as readonly string[],
      out: typeof options.out === 'string' ? options.out : 'leaderboard',
      formats: (options.format as readonly BoardFormat[] | undefined) ?? known,
      singleFile: options.singleFile === true,
      ...(typeof options.title === 'string' ? { title: options.title } : {}),
      ...(typeof options.history === 'string' ? { history: options.history } : {}),
      signal,
    });
    if (terminal.json) terminal.printJson(board);
    else {
      const { boardText } = await import('../board-table.ts');
      terminal.print(boardText(board, terminal));
    }
    for (const path of written) terminal.print(`  ${terminal.colors.dim('wrote')} ${path}`);
    return 0;
  },
};

/** `html,json` -> ['html', 'json']; throws `format-unknown` with the nearest known one. */
function parseFormats(text: string): BoardFormat[] {
  return text.split(',').map((name) => {
    const format = known.find((entry) => entry === name.trim());
    if (format) return format;
    const meant = didYouMean(name.trim(), known);
    throw new SkiagramError({
      code: 'format-unknown',
      message: `"${name}" is not a format of a leaderboard.`,
      hint: `${meant ? `Did you mean "${meant}"? ` : ''}Known: ${known.join(', ')}.`,
      exitCode: exitCodes.usage,
    });
  });
}
