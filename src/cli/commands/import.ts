import { type ResultFormat, resultFormats } from '../../base/result-formats.ts';
import type { Command, Session } from '../command.ts';

/** `skiagram import`: results of other harnesses into the normal form. */
export const importCommand: Command = {
  name: 'import',
  summary: 'read results of another harness into the normal form',
  description:
    'Recognises the format by content, says what it read and what it left out and why, and with --as writes the results of one checkpoint to <out>/<id>.json. A config then names that file, or the original ones: `{id: vlm, harness: import, files: {sft: imports/sft.json}, unattested: true}`.\nReads lm-eval, lmms-eval, VLMEvalKit, OpenCompass, lighteval, Inspect, HELM, hub model cards and .eval_results, Every Eval Ever, and tables (CSV, TSV, Parquet).',
  arguments: [{ name: '<files...>', text: 'results files, folders or patterns' }],
  flags: [
    { flags: '--as <id>', text: 'id of the checkpoint they belong to; without it nothing is written' },
    { flags: '--format <id>', text: 'their format, where content alone does not decide', choices: resultFormats },
    { flags: '--model <name>', text: 'which model, where the files hold several' },
    { flags: '--suite <id>', text: 'suite they count as (default: the format)' },
    {
      flags: '--scale <unit>',
      text: 'what numbers are counted in whose source does not say so',
      choices: ['proportion', 'percent', 'points'],
    },
    { flags: '--mapping <file>', text: 'YAML file that says which columns of a table hold what' },
    { flags: '--out <dir>', text: 'where to write (default: imports)' },
  ],
  examples: [
    { line: 'skiagram import examples/tiny/recorded/narrow', text: 'look: what is in there?' },
    {
      line: 'skiagram import examples/tiny/recorded/narrow --as narrow --out runs/imports',
      text: 'keep it as the results of checkpoint narrow',
    },
  ],
  act: ([files], options, session) => read(files as readonly string[], options, session),
};

/** Ids become file names. */
const idPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

async function read(
  files: readonly string[],
  options: Readonly<Record<string, unknown>>,
  { terminal }: Session,
): Promise<number> {
  const { SkiagramError } = await import('../../base/error.ts');
  const { importResults } = await import('../../pipeline/import-results.ts');
  const text = (key: string): string | undefined => (typeof options[key] === 'string' ? options[key] : undefined);
  const id = text('as');
  if (id !== undefined && !idPattern.test(id))
    throw new SkiagramError({
      code: 'id-invalid',
      message: `"${id}" cannot be the id of a checkpoint.`,
      hint: 'Letters, digits, dot, dash, underscore; it must start with a letter or digit.',
      exitCode: 2,
    });
  const mapping = text('mapping');
  const imported = await importResults({
    paths: files,
    folder: process.cwd(),
    suite: text('suite') ?? text('format') ?? 'imported',
    fingerprint: null,
    format: text('format') as ResultFormat | undefined,
    model: text('model'),
    scale: text('scale') as 'proportion' | 'percent' | 'points' | undefined,
    mapping: mapping === undefined ? undefined : await loadMapping(mapping),
  });
  const [format = 'imported'] = imported.formats;
  const runs = imported.runs.map((run) => (text('suite') === undefined ? { ...run, suite: format } : run));
  const { writeImported } = await import('../../pipeline/import-to-file.ts');
  const written =
    id === undefined ? null : await writeImported(text('out') ?? 'imports', id, { schemaVersion: '1.0', runs });
  if (terminal.json) {
    const { scoresDocument } = await import('../../harness/scores-document.ts');
    terminal.printJson({
      schemaVersion: '1.0',
      formats: imported.formats,
      written,
      runs: scoresDocument(id ?? '', runs, null).runs,
      leftOut: imported.leftOut,
    });
  }
  const { importView } = await import('../import-view.ts');
  terminal.print(importView(runs, imported, terminal));
  if (written === null) terminal.print(terminal.colors.dim('  Nothing was written: add --as ID to keep this.'));
  else terminal.wrote(written);
  return 0;
}

async function loadMapping(file: string): Promise<import('../../base/table-mapping.ts').TableMapping> {
  const { TableMapping } = await import('../../base/table-mapping.ts');
  const { loadDocument } = await import('../../config/load.ts');
  return loadDocument(TableMapping, file, 'mapping');
}
