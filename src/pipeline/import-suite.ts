import { SkiagramError } from '../base/error.ts';
import type { SuiteConfig } from '../config/config.ts';
import type { RawRun } from '../harness/raw-run.ts';
import type { RunContext } from './context.ts';
import { importResults } from './import-results.ts';

/**
 * Results of one checkpoint that another harness made, as a suite of the config names them. Nobody vouches that they
 * belong to these weights: they are unattested, and joined only where the suite says `unattested: true`.
 *
 * @throws SkiagramError `results-missing` where the suite names no files for this checkpoint, and what reading throws
 */
export async function importSuite(context: RunContext, id: string, suite: SuiteConfig): Promise<readonly RawRun[]> {
  const files = suite.files?.[id];
  if (files === undefined)
    throw new SkiagramError({
      code: 'results-missing',
      message: `Suite "${suite.id}" names no results of checkpoint "${id}".`,
      hint: `Add them under \`files\`, or take "${id}" out of the checkpoints.`,
    });
  const { runs, leftOut } = await importResults({
    paths: typeof files === 'string' ? [files] : files,
    folder: context.loaded.folder,
    suite: suite.id,
    fingerprint: null,
    format: suite.format,
    model: suite.models?.[id],
    tasks: suite.tasks,
    mapping: suite.mapping,
    scale: suite.scale,
  });
  const [first] = leftOut;
  if (first)
    context.progress.warn(
      `${id}: ${leftOut.length === 1 ? 'one thing' : `${leftOut.length} things`} in the results of suite "${suite.id}" left out, first ${first.what} (${first.reason}).`,
    );
  return runs;
}
