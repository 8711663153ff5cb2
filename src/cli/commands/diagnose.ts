import type { Command, Session } from '../command.ts';
import { progressView } from '../progress-view.ts';

/** `skiagram diagnose`: spectra of any checkpoint, no config needed. */
export const diagnose: Command = {
  name: 'diagnose',
  summary: 'spectral diagnostics of a checkpoint, alone or against its base; no config needed',
  description:
    'Opens a checkpoint (safetensors, PyTorch or GGUF; a folder, a file, a hub id or a LoRA adapter) and prints the power-law fit (equal to WeightWatcher 0.7.7), effective rank and stable rank of every weight matrix; with --base also what changed, and how much of it a random change of the same size would explain.',
  arguments: [
    {
      name: '<path...>',
      text: 'folders in the Hugging Face layout, weight files (.safetensors, .bin, .pth, .pt, .gguf), adapter folders, or hub ids (org/name, hf://org/name@revision); a path that exists wins over a hub id',
    },
  ],
  flags: [
    {
      flags: '--base <path>',
      text: 'checkpoint it was trained from, or that an adapter belongs to; a path or a hub id',
    },
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
          offline: common.offline ?? false,
          ...(typeof options.base === 'string' ? { base: options.base } : {}),
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
