import type { CompatDiagnosis } from '../../pipeline/compat-path.ts';
import type { Command, Session } from '../command.ts';
import { compatFlags, compatSettings } from '../compat-flags.ts';
import { progressView } from '../progress-view.ts';
import type { Terminal } from '../terminal.ts';

/** `skiagram diagnose`: spectra of any checkpoint, no config needed. */
export const diagnose: Command = {
  name: 'diagnose',
  summary: 'spectral diagnostics of a checkpoint, alone or against its base; no config needed',
  description:
    'Opens a folder or file of safetensors and prints the power-law fit (equal to WeightWatcher 0.7.7), effective rank and stable rank of every weight matrix; with --base also what changed, and how much of it a random change of the same size would explain.',
  arguments: [{ name: '<path...>', text: 'folders or files of safetensors' }],
  flags: [
    { flags: '--base <path>', text: 'checkpoint it was trained from' },
    { flags: '--engine <name>', text: 'auto, native or portable', choices: ['auto', 'native', 'portable'] },
    { flags: '--matrices', text: 'one row a matrix, however many there are' },
    { flags: '--summary', text: 'one row a module kind' },
    {
      flags: '--compat <program>',
      text: 'the table of another program, its selection and its oddities included',
      choices: ['weightwatcher'],
    },
    ...compatFlags,
  ],
  examples: [
    { line: 'skiagram diagnose examples/tiny/checkpoints/narrow', text: 'one checkpoint' },
    {
      line: 'skiagram diagnose examples/tiny/checkpoints/narrow --base examples/tiny/checkpoints/base',
      text: 'what training changed',
    },
    { line: 'skiagram diagnose examples/tiny/checkpoints/narrow --json --quiet', text: 'for a script' },
    {
      line: 'skiagram diagnose examples/tiny/checkpoints/narrow --compat weightwatcher --csv',
      text: 'all columns of WeightWatcher',
    },
  ],
  act: ([paths], options, session) => diagnosePaths(paths as string[], options, session),
};

async function diagnosePaths(
  paths: readonly string[],
  options: Readonly<Record<string, unknown>>,
  { terminal, common, signal }: Session,
): Promise<number> {
  const compat = compatSettings(options, paths.length);
  const { diagnosePath } = await import('../../pipeline/diagnose-path.ts');
  const { compatPath } = await import('../../pipeline/compat-path.ts');
  const { diagnosisTable } = await import('../diagnosis-table.ts');
  const { openEngine } = await import('../../spectrum/select.ts');
  const progress = progressView(terminal);
  const engine = await openEngine({
    engine: (options.engine as 'auto' | undefined) ?? 'auto',
    jobs: common.jobs ?? 1,
    onNotice: (text) => progress.note(text),
  });
  const results = [];
  const tables = [];
  try {
    for (const path of paths) {
      if (compat) {
        tables.push(await compatPath(path, engine, { ...compat, progress, signal }));
        continue;
      }
      results.push(
        await diagnosePath(path, engine, {
          progress,
          signal,
          ...(typeof options.base === 'string' ? { base: options.base } : {}),
        }),
      );
    }
  } finally {
    progress.close();
    await engine.close();
  }
  if (compat) return printTables(tables, options.csv === true, terminal);
  if (terminal.json)
    terminal.printJson(results.length === 1 ? results[0] : { schemaVersion: '1.0', checkpoints: results });
  for (const result of results)
    terminal.print(
      diagnosisTable(
        result,
        options.matrices === true ? 'matrices' : options.summary === true ? 'summary' : 'auto',
        terminal,
      ),
    );
  return results.some((result) => result.matrices.some((matrix) => matrix.error)) ? 3 : 0;
}

async function printTables(tables: readonly CompatDiagnosis[], csv: boolean, terminal: Terminal): Promise<number> {
  const { compatCsv, compatTable } = await import('../compat-table.ts');
  if (terminal.json)
    terminal.printJson(tables.length === 1 ? tables[0] : { schemaVersion: '1.0', checkpoints: tables });
  for (const table of tables) terminal.print(csv ? compatCsv(table) : compatTable(table, terminal));
  return tables.some(({ failed }) => failed.length > 0) ? 3 : 0;
}
