import { exitCodes, SkiagramError } from '../../base/error.ts';
import type { CompatDiagnosis } from '../../pipeline/compat-path.ts';
import { type EngineName, engineNames } from '../../spectrum/engine-names.ts';
import type { Command, Session } from '../command.ts';
import { compatFlags, compatSettings } from '../compat-flags.ts';
import { printable, type Terminal } from '../terminal.ts';

/** `skiagram diagnose`: spectra of any checkpoint, no config needed. */
export const diagnose: Command = {
  name: 'diagnose',
  summary: 'spectral diagnostics of a checkpoint, alone or against its base; no config needed',
  description:
    'Opens a checkpoint (safetensors, PyTorch or GGUF; a folder, a file, a hub id or a LoRA adapter) and prints the power-law fit (equal to WeightWatcher 0.7.7), effective rank and stable rank of every weight matrix; with --base what changed by module kind and depth, and how much of it a random change of the same size would explain.',
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
    { flags: '--extended', text: 'with --base: also subspace overlap, spectrum of the difference, median change' },
    {
      flags: '--engine <name>',
      text: 'what computes: auto takes torch on a GPU, else native, else portable',
      choices: engineNames,
    },
    { flags: '--pairs-only', text: 'compare with the base by sums alone, without spectra: fast' },
    {
      flags: '--cache <dir>',
      text: 'where results are kept, so that nothing is computed twice (default: SKIAGRAM_CACHE, else your cache folder; delete it to clear it)',
    },
    { flags: '--no-cache', text: 'keep nothing, and read nothing that was kept' },
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
    {
      line: 'skiagram diagnose examples/tiny/checkpoints/narrow --base examples/tiny/checkpoints/base --pairs-only',
      text: 'how much changed, in seconds',
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
  const { pairTable } = await import('../pair-table.ts');
  const { progressView } = await import('../progress-view.ts');
  const { engineFor } = await import('../../pipeline/open-engine.ts');
  const { userCache } = await import('../../pipeline/spectrum-store.ts');
  const { cacheFolder } = await import('../../store/cache-folder.ts');
  const pairsOnly = options.pairsOnly === true;
  if (pairsOnly && typeof options.base !== 'string') throw nothingToCompare();
  const progress = progressView(terminal);
  const folder =
    options.cache === false ? undefined : typeof options.cache === 'string' ? options.cache : cacheFolder();
  const cache = userCache(folder, (text) => progress.warn(text));
  const engine = await engineFor({ engine: options.engine as EngineName | undefined, jobs: common.jobs, progress });
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
          cache,
          spectra: !pairsOnly,
          offline: common.offline ?? false,
          ...(typeof options.base === 'string' ? { base: options.base } : {}),
          extended: options.extended === true,
        }),
      );
    }
  } finally {
    progress.close();
    await engine.close();
  }
  if (compat) return printTables(tables, options.csv === true, terminal);
  const { computed, reused } = cache.counts;
  if (reused > 0) terminal.note(printable(`Spectra and sums: ${computed} computed, ${reused} from ${folder}.`));
  if (terminal.json)
    terminal.printJson(results.length === 1 ? results[0] : { schemaVersion: '1.0', checkpoints: results });
  const view = options.matrices === true ? 'matrices' : options.summary === true ? 'summary' : 'auto';
  for (const result of results) terminal.print((pairsOnly ? pairTable : diagnosisTable)(result, view, terminal));
  const broken = results.some(({ matrices, pair }) =>
    [...matrices, ...(pair?.matrices ?? [])].some((matrix) => matrix.error),
  );
  return broken ? exitCodes.input : exitCodes.ok;
}

function nothingToCompare(): SkiagramError {
  return new SkiagramError({
    code: 'base-missing',
    message: '--pairs-only compares with a base, and none is named.',
    hint: 'Add --base with the checkpoint that this one was trained from.',
    exitCode: exitCodes.usage,
  });
}

async function printTables(tables: readonly CompatDiagnosis[], csv: boolean, terminal: Terminal): Promise<number> {
  const { compatCsv, compatTable } = await import('../compat-table.ts');
  if (terminal.json)
    terminal.printJson(tables.length === 1 ? tables[0] : { schemaVersion: '1.0', checkpoints: tables });
  for (const table of tables) terminal.print(csv ? compatCsv(table) : compatTable(table, terminal));
  return tables.some(({ failed }) => failed.length > 0) ? exitCodes.input : exitCodes.ok;
}
