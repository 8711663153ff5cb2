import { SkiagramError } from '../base/error.ts';
import type { SpectrumEngine } from './engine.ts';
import type { EngineName } from './engine-names.ts';
import { findGpu } from './find-gpu.ts';
import { loadNative, nativeEngine } from './native.ts';
import { portableEngine } from './portable.ts';
import { torchEngine } from './torch.ts';

export interface EngineOptions {
  /** `auto` takes torch where it finds a GPU, else the native engine where it is built, else the portable one. */
  readonly engine: EngineName;
  /** Matrices worked on at once. */
  readonly jobs: number;
  /** Told once when `auto` falls back. */
  readonly onNotice: (text: string) => void;
  /** Python programs that may have torch, the likeliest first. */
  readonly pythons?: readonly string[] | undefined;
}

/** Opens the engine asked for. Throws `engine-missing` where it is demanded by name and not to be had. */
export async function openEngine({ engine, jobs, onNotice, pythons = [] }: EngineOptions): Promise<SpectrumEngine> {
  if (engine === 'portable') return portableEngine(jobs);
  if (engine === 'torch') return demandTorch(pythons, jobs);
  if (engine === 'auto') {
    const torch = await torchOnGpu(pythons, jobs, onNotice);
    if (torch) return torch;
  }
  const binding = loadNative();
  if (binding) return nativeEngine(binding, jobs);
  if (engine === 'native')
    throw new SkiagramError({
      code: 'engine-missing',
      message: 'There is no native build of the spectral engine here.',
      hint: 'Build it with `npm run build:native` (needs cargo, a few minutes), or use --engine portable.',
      exitCode: 2,
    });
  onNotice(
    'No native build found: using the portable engine, which gives the same numbers slower. `npm run build:native` makes the fast one.',
  );
  return portableEngine(jobs);
}

async function demandTorch(pythons: readonly string[], jobs: number): Promise<SpectrumEngine> {
  const reasons: string[] = [];
  for (const python of pythons) {
    const engine = await torchEngine({ python, threads: jobs });
    if (!('reason' in engine)) return engine;
    reasons.push(engine.reason);
  }
  throw new SkiagramError({
    code: 'engine-missing',
    message: 'There is no Python with torch here.',
    hint: 'Run `skiagram setup` to make .venv with it, or name a Python that has it in SKIAGRAM_PYTHON.',
    ...(reasons.length > 0 ? { cause: reasons.join('\n') } : {}),
    exitCode: 2,
  });
}

/** The torch engine where it runs on a GPU; where none is to be seen, nothing is started. */
async function torchOnGpu(
  pythons: readonly string[],
  jobs: number,
  onNotice: (text: string) => void,
): Promise<SpectrumEngine | undefined> {
  if (pythons.length === 0 || !(await findGpu())) return undefined;
  for (const python of pythons) {
    const engine = await torchEngine({ python, threads: jobs });
    if ('reason' in engine) continue;
    if (engine.device === 'cuda') return engine;
    await engine.close();
    onNotice(`There is a GPU here, but the torch of ${python} cannot use it.`);
  }
  return undefined;
}
