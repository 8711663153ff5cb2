import type { Command, Session } from '../command.ts';
import { progressView } from '../progress-view.ts';

/** `skiagram diagnose`: spectra of any checkpoint, no config needed. */
export const diagnose: Command = {
  name: 'diagnose',
  summary: 'spectral diagnostics of a checkpoint, alone or against its base; no config needed',
  description:
    'Opens a folder or file of safetensors and prints the power-law fit (equal to WeightWatcher 0.7.7), effective rank and stable rank of every weight matrix; with --base what changed by module kind and depth, and how much of it a random change of the same size would explain.',
  arguments: [{ name: '<path...>', text: 'folders or files of safetensors' }],
  flags: [
    { flags: '--base <path>', text: 'checkpoint it was trained from' },
    { flags: '--extended', text: 'with --base: also subspace overlap, spectrum of the difference, median change' },
    { flags: '--engine <name>', text: 'auto, native or portable', choices: ['auto', 'native', 'portable'] },
    { flags: '--matrices', text: 'one row a matrix, however many there are' },
    { flags: '--summary', text: 'one row a module kind' },
  ],
  examples: [
    { line: 'skiagram diagnose examples/tiny/checkpoints/narrow', text: 'one checkpoint' },
    {
      line: 'skiagram diagnose examples/tiny/checkpoints/narrow --base examples/tiny/checkpoints/base',
      text: 'what training changed',
    },
    { line: 'skiagram diagnose examples/tiny/checkpoints/narrow --json --quiet', text: 'for a script' },
  ],
  act: ([paths], options, session) => diagnosePaths(paths as string[], options, session),
};

async function diagnosePaths(
  paths: readonly string[],
  options: Readonly<Record<string, unknown>>,
  { terminal, common, signal }: Session,
): Promise<number> {
  const { diagnosePath } = await import('../../pipeline/diagnose-path.ts');
  const { diagnosisTable } = await import('../diagnosis-table.ts');
  const { openEngine } = await import('../../spectrum/select.ts');
  const progress = progressView(terminal);
  const engine = await openEngine({
    engine: (options.engine as 'auto' | undefined) ?? 'auto',
    jobs: common.jobs ?? 1,
    onNotice: (text) => progress.note(text),
  });
  const results = [];
  try {
    for (const path of paths) {
      results.push(
        await diagnosePath(path, engine, {
          progress,
          signal,
          ...(typeof options.base === 'string' ? { base: options.base } : {}),
          extended: options.extended === true,
        }),
      );
    }
  } finally {
    progress.close();
    await engine.close();
  }
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
