import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Checkpoint } from '../../src/checkpoint/checkpoint.ts';
import { openCheckpoint } from '../../src/checkpoint/open.ts';
import { diagnoseCheckpoint, diagnosePair } from '../../src/diagnostics/diagnose.ts';
import type { Diagnosis, PairDiagnosis } from '../../src/diagnostics/diagnosis.ts';
import type { SpectrumEngine } from '../../src/spectrum/engine.ts';
import type { WeightWorld } from './weight-world.ts';
import { writeCheckpoint } from './write-checkpoint.ts';

/** Both sides of a world as checkpoints on disk, through the stages that `skiagram run` puts a pair through. */
export async function diagnoseWorld(
  { base, subject }: WeightWorld,
  engine: SpectrumEngine,
  seed: number,
): Promise<PairDiagnosis> {
  const folder = mkdtempSync(join(tmpdir(), 'skiagram-calibration-'));
  try {
    const opened = await written(folder, { base, subject });
    return await diagnosePair(opened.subject, opened.base, engine, { seed });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same with the spectra of each side, as a run that shows them makes it. */
export async function diagnoseWhole(
  world: WeightWorld,
  engine: SpectrumEngine,
  seed: number,
): Promise<{ pair: PairDiagnosis; diagnoses: [Diagnosis, Diagnosis] }> {
  const folder = mkdtempSync(join(tmpdir(), 'skiagram-calibration-'));
  try {
    const opened = await written(folder, world);
    return {
      pair: await diagnosePair(opened.subject, opened.base, engine, { seed }),
      diagnoses: [await diagnoseCheckpoint(opened.base, engine), await diagnoseCheckpoint(opened.subject, engine)],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function written(
  folder: string,
  { base, subject }: Pick<WeightWorld, 'base' | 'subject'>,
): Promise<{ base: Checkpoint; subject: Checkpoint }> {
  writeCheckpoint(join(folder, 'base'), base);
  writeCheckpoint(join(folder, 'subject'), subject);
  return { base: await openCheckpoint(join(folder, 'base')), subject: await openCheckpoint(join(folder, 'subject')) };
}
