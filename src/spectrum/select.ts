import { SkiagramError } from '../base/error.ts';
import type { SpectrumEngine } from './engine.ts';
import { loadNative, nativeEngine } from './native.ts';
import { portableEngine } from './portable.ts';

export interface EngineOptions {
  /** `auto` takes the native engine where it is built, else the portable one. */
  readonly engine: 'auto' | 'native' | 'portable';
  /** Matrices worked on at once. */
  readonly jobs: number;
  /** Told once when `auto` falls back. */
  readonly onNotice: (text: string) => void;
}

/** Opens the engine asked for. Throws `engine-missing` where the native one is demanded and not built. */
export async function openEngine({ engine, jobs, onNotice }: EngineOptions): Promise<SpectrumEngine> {
  if (engine === 'portable') return portableEngine(jobs);
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
