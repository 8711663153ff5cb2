import type { SpectrumEngine } from '../spectrum/engine.ts';
import type { EngineName } from '../spectrum/engine-names.ts';
import { openEngine } from '../spectrum/select.ts';
import { pythonPlaces } from './find-harness.ts';
import type { Progress } from './progress.ts';

/** Opens an engine by name, with torch looked for where the harness is. Throws `engine-missing`. */
export async function engineFor(options: {
  engine: EngineName | undefined;
  jobs: number;
  progress: Progress;
  /** Python named by the user. */
  python?: string | undefined;
  /** Folder beside which `.venv` may lie. */
  configFolder?: string;
}): Promise<SpectrumEngine> {
  const { engine = 'auto', jobs, progress, python = process.env.SKIAGRAM_PYTHON, configFolder = '.' } = options;
  return openEngine({
    engine,
    jobs,
    onNotice: (text) => progress.note(text),
    pythons: await pythonPlaces(python, configFolder),
  });
}
