import { fileURLToPath } from 'node:url';
import { loadConfig } from '../src/config/load.ts';
import { silent } from '../src/pipeline/progress.ts';
import { run } from '../src/pipeline/run.ts';

/**
 * The tiny family on its recorded scores, by the product's own pipeline, for the gallery. On the portable engine, which every machine
 * has: the native one gives the same numbers but for the last digits, and the gallery is compared digit by digit.
 *
 * @param out run folder
 */
export async function runExample(out: string): Promise<void> {
  const loaded = await loadConfig(fileURLToPath(new URL('../examples/tiny/recorded.yaml', import.meta.url)));
  const diagnostics = { ...loaded.config.diagnostics, engine: 'portable' as const };
  const { exitCode } = await run({
    loaded: { ...loaded, config: { ...loaded.config, diagnostics } },
    out,
    progress: silent,
    signal: new AbortController().signal,
    jobs: 1,
    resume: false,
    fresh: false,
    formats: ['html', 'md', 'json'],
  });
  if (exitCode !== 0) throw new Error(`The example ended with ${exitCode}.`);
}
