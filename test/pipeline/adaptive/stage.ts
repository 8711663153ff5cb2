import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { onPath } from '../../../src/process/python.ts';
import { exampleFolder, writeConfig } from '../example.ts';

export const python = (await onPath('python3')) ?? '';

/** One run of the stand-in harness. */
export interface Asked {
  readonly checkpoint: string;
  /** Null where the sizes of the tasks were asked for. */
  readonly samples: Readonly<Record<string, number[]>> | null;
}

/** The example with a live suite in the place of the recorded one, answered by stand-in/lm_eval from the recorded answers. */
export function adaptiveFolder(
  ids: readonly string[],
  families: readonly string[] | undefined = undefined,
): { folder: string; config: string; env: Record<string, string>; asked: () => Asked[] } {
  const folder = exampleFolder(ids);
  writeConfig(folder, (config) => ({
    ...config,
    checkpoints: config.checkpoints.filter(({ id }) => ids.includes(id)),
    suites: (config.suites ?? []).map(({ recorded: _recorded, ...suite }) => ({
      ...suite,
      include_path: './tasks',
      tasks: (suite.tasks ?? []).filter((task) => !families || families.some((family) => task.includes(`_${family}_`))),
    })),
    offline: true,
  }));
  const log = join(folder, 'asked.jsonl');
  const env = {
    PYTHONPATH: [resolve('test/pipeline/adaptive/stand-in'), process.env.PYTHONPATH].filter(Boolean).join(delimiter),
    SKIAGRAM_RECORDED: join(folder, 'recorded'),
    SKIAGRAM_ASKED: log,
  };
  const asked = (): Asked[] =>
    existsSync(log)
      ? readFileSync(log, 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as Asked)
      : [];
  return { folder, config: join(folder, 'skiagram.yaml'), env, asked };
}
