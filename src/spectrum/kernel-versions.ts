import type { SpectrumEngine } from './engine.ts';

/**
 * Which numbers an engine gives: raise one when that engine's results change beyond the last few bits (another
 * algorithm, fallback or noise), and nothing that an older version kept is taken for its own.
 */
export const kernelVersions: Readonly<Record<SpectrumEngine['id'], number>> = { native: 2, portable: 1, torch: 1 };
