import { SkiagramError } from '../base/error.ts';
import type { TensorLocation } from '../checkpoint/checkpoint.ts';
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

/** Largest work first (short² · long), so that the last matrices to finish are small ones. */
export function byWorkDescending<Matrix extends Pick<TensorLocation, 'shape'>>(matrices: readonly Matrix[]): Matrix[] {
  return [...matrices].sort((a, b) => work(b.shape) - work(a.shape));
}

/** Multiply–adds of a Gram matrix: the measure of progress. */
export function work([rows = 0, cols = 0]: readonly number[]): number {
  return Math.min(rows, cols) ** 2 * Math.max(rows, cols);
}
