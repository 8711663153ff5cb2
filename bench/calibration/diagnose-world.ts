import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCheckpoint } from '../../src/checkpoint/open.ts';
import { diagnosePair } from '../../src/diagnostics/diagnose.ts';
import type { PairDiagnosis } from '../../src/diagnostics/diagnosis.ts';
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
    writeCheckpoint(join(folder, 'base'), base);
    writeCheckpoint(join(folder, 'subject'), subject);
    const opened = await openCheckpoint(join(folder, 'base'));
    return await diagnosePair(await openCheckpoint(join(folder, 'subject')), opened, engine, { seed });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
