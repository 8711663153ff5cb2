import { createHash } from 'node:crypto';
import type { Dossier } from '../../src/dossier/dossier.ts';
import { type CheckpointInput, joinDossier } from '../../src/dossier/join.ts';
import { assignTasks } from '../../src/families/assign-tasks.ts';
import { findAll } from '../../src/findings/find.ts';
import type { Findings } from '../../src/findings/finding.ts';
import { coarseFamilies } from '../../src/pipeline/load-taxonomy.ts';
import type { SpectrumEngine } from '../../src/spectrum/engine.ts';
import { decide } from '../../src/verdict/decide.ts';
import type { Verdict } from '../../src/verdict/verdict.ts';
import { decoder, type WeightChange } from '../calibration/plan.ts';
import { worldStream } from '../calibration/world-stream.ts';
import { type PlantedGain, plantedScores, plantedTaxonomy, type SuiteSize } from './planted-scores.ts';
import { plantedBlocks, plantedConstants, stacked } from './planted-weights.ts';

/** How large a planted run is: checkpoints with their base, and layers in multiples of the planted decoder's. */
export interface RunSize {
  readonly checkpoints: number;
  readonly layers: number;
  readonly suite: SuiteSize;
  /** False leaves out what decides nothing (sensitivity, the same decision on less), which takes most of the time. */
  readonly argue?: boolean;
}

/** Kinds of training that are planted in turn, so that a large report holds every verdict. */
const kinds: Readonly<Record<string, { gain: PlantedGain; weights: WeightChange }>> = {
  narrow: { gain: { targeted: 16, coverage: 0 }, weights: { kind: 'low-rank', m: 0.02 } },
  broad: { gain: { targeted: 12, coverage: 11 }, weights: { kind: 'noise', m: 0.5 } },
  idle: { gain: { targeted: 0, coverage: 0 }, weights: { kind: 'noise', m: 0.02 } },
  rebuilt: { gain: { targeted: 20, coverage: 0 }, weights: { kind: 'fresh', layers: decoder.layers } },
  worse: { gain: { targeted: -8, coverage: -9 }, weights: { kind: 'noise', m: 0.2 } },
};

/**
 * A run of any size with planted results, through the stages that `skiagram run` puts a real one through: weights are
 * written, opened and diagnosed; scores are joined, findings looked for, verdicts decided. Blocks of layers are diagnosed
 * once and stacked. Equal sizes give equal documents.
 */
export async function plantedRun(
  { checkpoints, layers, suite, argue = true }: RunSize,
  engine: SpectrumEngine,
): Promise<{ dossier: Dossier; findings: Findings; verdict: Verdict }> {
  const names = Object.keys(kinds);
  const subjects = Array.from({ length: checkpoints - 1 }, (_, index) => {
    const kind = names[index % names.length] as string;
    return { kind, id: `${kind}-${Math.floor(index / names.length) + 1}`, step: Math.floor(index / names.length) + 1 };
  });
  const used = Object.fromEntries(
    Object.entries(kinds)
      .filter(([name]) => subjects.some(({ kind }) => kind === name))
      .map(([name, { weights }]) => [name, weights]),
  );
  const blocks = await plantedBlocks(Math.ceil(layers / decoder.layers), used, engine);
  const scores = plantedScores(
    suite,
    subjects.map(({ kind, step }) => grown((kinds[kind] as (typeof kinds)[string]).gain, step)),
    worldStream('report/scores', checkpoints),
  );
  const assigned = assignTasks(plantedTaxonomy(suite), [[scores.base], ...scores.subjects.map((run) => [run])]);
  const inputs = [{ kind: undefined, id: 'base', step: 0 }, ...subjects].map(({ kind, id, step }, index) => {
    const planted = kind === undefined ? blocks.base : (blocks.changed.get(kind) ?? []);
    const { artifact, diagnosis, pair } = stacked(planted, createHash('sha256').update(id).digest('hex'));
    const input: CheckpointInput = {
      id,
      base: kind === undefined ? null : 'base',
      condition: kind ?? null,
      step: kind === undefined ? null : 1000 * step,
      path: `planted/${id}`,
      artifact,
      diagnosis,
      pair,
      runs: assigned.runs[index] ?? [],
      unattestedSuites: ['planted'],
      errors: [],
    };
    return input;
  });
  const dossier = joinDossier({
    title: `Planted run of ${checkpoints} checkpoints`,
    seed: 0,
    constants: plantedConstants,
    taxonomy: assigned,
    checkpoints: inputs,
    trajectory: { reference: subjects.length > names.length ? 'broad' : undefined, pairs: [] },
  });
  const findings = findAll(dossier);
  return { dossier, findings, verdict: decide(dossier, findings, { argue, coarse: await coarseFamilies() }) };
}

/** Gains grow over the steps of a run and level off. */
function grown({ targeted, coverage }: PlantedGain, step: number): PlantedGain {
  const share = 1 - 0.5 ** step;
  return { targeted: 1.5 * targeted * share, coverage: 1.5 * coverage * share };
}
