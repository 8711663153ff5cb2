import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultConstants } from '../../src/base/constants.ts';
import type { Checkpoint, CheckpointArtifact } from '../../src/checkpoint/checkpoint.ts';
import { openCheckpoint } from '../../src/checkpoint/open.ts';
import { diagnoseCheckpoint, diagnosePair } from '../../src/diagnostics/diagnose.ts';
import type { Diagnosis, MatrixDiagnosis, PairDiagnosis } from '../../src/diagnostics/diagnosis.ts';
import { measureModel } from '../../src/diagnostics/measure.ts';
import type { SpectrumEngine } from '../../src/spectrum/engine.ts';
import { decoder, type WeightChange } from '../calibration/plan.ts';
import { weightWorld } from '../calibration/weight-world.ts';
import { worldStream } from '../calibration/world-stream.ts';
import { writeCheckpoint } from '../calibration/write-checkpoint.ts';

/** What the product says of one planted checkpoint's weights; `pair` is against its base. */
export interface PlantedWeights {
  readonly artifact: CheckpointArtifact;
  readonly diagnosis: Diagnosis;
  readonly pair: PairDiagnosis | undefined;
}

/** Blocks of layers that were planted, diagnosed and compared once, by kind of change; `base` are their bases. */
export interface PlantedBlocks {
  readonly base: readonly PlantedWeights[];
  readonly changed: ReadonlyMap<string, readonly PlantedWeights[]>;
}

/** Writes `blocks` planted decoders with each change of them to disk and puts them through the product's diagnostics. */
export async function plantedBlocks(
  blocks: number,
  changes: Readonly<Record<string, WeightChange>>,
  engine: SpectrumEngine,
): Promise<PlantedBlocks> {
  const base: PlantedWeights[] = [];
  const changed = new Map<string, PlantedWeights[]>(Object.keys(changes).map((name) => [name, []]));
  for (let block = 0; block < blocks; block++) {
    // Equal streams give equal bases, whatever the change.
    for (const [name, change] of Object.entries(changes)) {
      const folder = mkdtempSync(join(tmpdir(), 'skiagram-planted-'));
      try {
        const world = weightWorld(change, worldStream('report', block));
        writeCheckpoint(join(folder, 'base'), world.base);
        writeCheckpoint(join(folder, 'subject'), world.subject);
        const [before, after] = [
          await openCheckpoint(join(folder, 'base')),
          await openCheckpoint(join(folder, 'subject')),
        ];
        if (base.length === block)
          base.push({
            artifact: artifactOf(before),
            diagnosis: await diagnoseCheckpoint(before, engine),
            pair: undefined,
          });
        changed.get(name)?.push({
          artifact: artifactOf(after),
          diagnosis: await diagnoseCheckpoint(after, engine),
          pair: await diagnosePair(after, before, engine, { seed: block }),
        });
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }
  }
  return { base, changed };
}

/** Blocks on top of each other as one checkpoint; summaries are the product's, over all of its matrices. */
export function stacked(blocks: readonly PlantedWeights[], fingerprint: string): PlantedWeights {
  const [first] = blocks;
  if (!first) throw new Error('A checkpoint needs a block.');
  const matrices = blocks.flatMap(({ diagnosis }, block) => diagnosis.matrices.map((matrix) => lifted(matrix, block)));
  const paired = blocks.flatMap(({ pair }, block) => (pair?.matrices ?? []).map((matrix) => lifted(matrix, block)));
  return {
    artifact: {
      ...first.artifact,
      path: 'planted',
      fingerprint,
      parameters: blocks.reduce((sum, { artifact }) => sum + artifact.parameters, 0),
      matrices: blocks.flatMap(({ artifact }, block) => artifact.matrices.map((matrix) => lifted(matrix, block))),
    },
    diagnosis: { ...first.diagnosis, fingerprint, matrices, model: measureModel('model', matrices) },
    pair:
      paired.length === 0 || !first.pair
        ? undefined
        : { ...first.pair, fingerprint, matrices: paired, model: measureModel('pair-model', paired) },
  };
}

/** The constants under which the pairs were diagnosed. */
export const plantedConstants = defaultConstants;

function lifted<Row extends Pick<MatrixDiagnosis, 'name' | 'depth'>>(matrix: Row, block: number): Row {
  const depth = matrix.depth === null ? null : matrix.depth + block * decoder.layers;
  return { ...matrix, depth, name: matrix.name.replace(/layers\.\d+/, `layers.${depth}`) };
}

function artifactOf({ tensors, stored, config, local, localBase, ...artifact }: Checkpoint): CheckpointArtifact {
  return artifact;
}
