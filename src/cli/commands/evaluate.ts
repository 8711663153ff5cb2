import type { Command, Session } from '../command.ts';
import { configFlags, defaultOut, findConfig } from '../run-config.ts';

/** `skiagram evaluate`: harness runs only. */
export const evaluate: Command = {
  name: 'evaluate',
  summary: 'run the harness only, on every checkpoint of a config',
  description:
    'Fingerprints the checkpoints, runs the harness on each (one process at a time on each device) and writes normalised scores with the fingerprint of the weights that were scored; scores of servers and converted copies carry none. A stopped run goes on with --resume, answers included, and `skiagram run --resume` on the same folder goes on from there.',
  arguments: [{ name: '[config]', text: 'config file; skiagram.yaml here when left out' }],
  flags: [
    ...configFlags.filter((flag) => !flag.flags.startsWith('--browser')),
    {
      flags: '--until <rule>',
      text: 'decided: ask random blocks of items and stop each family once it is decided (docs/ADAPTIVE.md)',
      choices: ['decided'],
    },
  ],
  examples: [
    {
      line: 'skiagram evaluate examples/tiny/recorded.yaml --out runs/tiny-scores --fresh',
      text: 'read the recorded scores of the example family',
    },
  ],
  act: ([config], options, session) => evaluateConfig(config as string | undefined, options, session),
};

async function evaluateConfig(
  path: string | undefined,
  options: Readonly<Record<string, unknown>>,
  { terminal, common, signal }: Session,
): Promise<number> {
  const { loadConfig } = await import('../../config/load.ts');
  const { evaluateOnly } = await import('../../pipeline/evaluate-only.ts');
  const { scoresDocument } = await import('../../harness/scores-document.ts');
  const { adaptiveTable } = await import('../adaptive-table.ts');
  const { progressView } = await import('../progress-view.ts');
  const { scoreTable } = await import('../score-table.ts');
  const loaded = await loadConfig(path ?? (await findConfig()));
  const progress = progressView(terminal);
  const result = await evaluateOnly({
    loaded: {
      ...loaded,
      config: {
        ...loaded.config,
        ...(common.offline ? { offline: true } : {}),
        ...(options.until === 'decided' ? { adaptive: loaded.config.adaptive ?? {} } : {}),
      },
    },
    out: (options.out as string | undefined) ?? defaultOut(loaded.file),
    progress,
    signal,
    jobs: common.jobs ?? 1,
    resume: options.resume === true,
    fresh: options.fresh === true,
    ...(typeof options.python === 'string' ? { python: options.python } : {}),
  }).finally(() => progress.close());
  if (terminal.json)
    terminal.printJson({
      schemaVersion: '1.0',
      folder: result.folder,
      scores: Object.fromEntries(
        [...result.scores].map(([id, { runs }]) => [id, scoresDocument(id, runs, `samples/${id}.parquet`).runs]),
      ),
      ...(result.adaptive === undefined ? {} : { adaptive: result.adaptive }),
      stages: result.stages,
    });
  if (result.adaptive) terminal.print(adaptiveTable(result.adaptive));
  else terminal.print(scoreTable(result.read, result.taxonomy));
  return result.exitCode;
}
