import { defaultConstants } from '../../src/base/constants.ts';
import { ok } from '../../src/base/measured.ts';
import { randomStream } from '../../src/base/random.ts';
import type { CheckpointArtifact } from '../../src/checkpoint/checkpoint.ts';
import type { MatrixDiagnosis, PairDiagnosis } from '../../src/diagnostics/diagnosis.ts';
import type { CheckpointInput, JoinInput } from '../../src/dossier/join.ts';
import { assignTasks } from '../../src/families/assign-tasks.ts';
import { resolveTaxonomy } from '../../src/families/resolve-taxonomy.ts';
import type { RawRun } from '../../src/harness/raw-run.ts';
import { rawTask } from '../scores/raw-task.ts';

export const familyNames = ['puzzles', 'sums', 'reading', 'facts', 'logic', 'codes'] as const;
export type FamilyName = (typeof familyNames)[number];
const tasksOf = (family: FamilyName): string[] => [1, 2, 3, 4].map((index) => `${family}_${index}`);
const constants = { ...defaultConstants, permutations: 500, bootstrap: 200 };

/** Six families of four tasks; the training aimed at the first two. */
export const taxonomy = assignTasks(
  resolveTaxonomy(
    {
      families: Object.fromEntries(
        familyNames.map((family) => [
          family,
          { tasks: Object.fromEntries(tasksOf(family).map((task) => [task, { metric: 'acc', chance: 0 }])) },
        ]),
      ),
    },
    { targeted: ['puzzles', 'sums'], coverage: ['reading', 'facts', 'logic', 'codes'] },
  ),
  [[rawRun(null, () => 0.5)]],
);

/** One run over all tasks, 200 items each; `share` of them right, the same items first. Tasks differ by ±1 point. */
export function rawRun(fingerprint: string | null, share: (family: FamilyName) => number): RawRun {
  return {
    schemaVersion: '1.0',
    harness: 'lm-eval',
    harnessVersion: '0.4.13',
    suite: 'core',
    fingerprint,
    settings: { dtype: 'float32' },
    date: null,
    files: [],
    tasks: familyNames.flatMap((family) =>
      tasksOf(family).map((task, index) => {
        const right = Math.round(200 * share(family)) + (index - 1.5) * 2;
        return rawTask(
          Array.from({ length: 200 }, (_, item) => (item < right ? 1 : 0)),
          task,
        );
      }),
    ),
  };
}

/** A decoder of twelve layers whose matrices all moved by m with correlation r and geometry score G. */
export function pairDiagnosis(change: { m: number; r: number; G: number; regime?: string }): PairDiagnosis {
  const random = randomStream(5);
  const matrices = Array.from({ length: 12 }, (_, depth) =>
    (['q', 'o', 'up', 'down'] as const).map((role): MatrixDiagnosis => {
      const wobble = 1 + 0.05 * random.normal();
      return {
        name: `layers.${depth}.${role}`,
        role,
        depth,
        group: 'decoder',
        rows: 8,
        cols: 8,
        dtype: 'F32',
        pooled: true,
        labels: { modification_regime: change.regime ?? 'conservative' },
        diagnostics: {
          relative_change: ok(change.m * wobble),
          weight_correlation: ok(change.r),
          depth_score: ok(1 - Math.max(0, change.r)),
          geometry_score: ok(change.G),
        },
      };
    }),
  ).flat();
  return {
    schemaVersion: '1.0',
    fingerprint: 'f'.repeat(64),
    baseFingerprint: '0'.repeat(64),
    engine: 'portable',
    matrices,
    model: {},
    unpaired: [],
  };
}

export const light = { m: 0.15, r: 0.99, G: 0.02 };
export const rewritten = { m: 1.4, r: 0, G: 1, regime: 'deep' };

function artifact(fingerprint: string): CheckpointArtifact {
  return {
    schemaVersion: '1.0',
    path: 'x',
    format: 'safetensors',
    architecture: 'Llama',
    fingerprint,
    parameters: 1,
    bytes: 4,
    dtypes: { F32: 1 },
    matrices: [],
    leftOut: [],
    notes: [],
  };
}

/** A checkpoint as the stages before leave it; `fields` says what differs from one that has everything. */
export function checkpoint(
  id: string,
  digit: string,
  share: (family: FamilyName) => number,
  fields: Partial<CheckpointInput> = {},
): CheckpointInput {
  const fingerprint = digit.repeat(64);
  return {
    id,
    base: null,
    condition: null,
    step: null,
    path: `./${id}`,
    artifact: artifact(fingerprint),
    diagnosis: undefined,
    pair: undefined,
    runs: [rawRun(fingerprint, share)],
    unattestedSuites: [],
    errors: [],
    ...fields,
  };
}

const isTargeted = (family: FamilyName): boolean => family === 'puzzles' || family === 'sums';
export const flat = (): number => 0.4;
export const narrowGain = (family: FamilyName): number => (isTargeted(family) ? 0.75 : 0.4);
export const broadGain = (family: FamilyName): number => (isTargeted(family) ? 0.7 : 0.68);

export function joinInput(checkpoints: readonly CheckpointInput[]): JoinInput {
  return { title: 'T', seed: 3, constants, taxonomy, checkpoints };
}

/** Base, a narrow light fine-tune and a broad rebuild. */
export function family(): CheckpointInput[] {
  return [
    checkpoint('base', '0', flat),
    checkpoint('narrow', '1', narrowGain, { base: 'base', pair: pairDiagnosis(light) }),
    checkpoint('broad', '2', broadGain, { base: 'base', pair: pairDiagnosis(rewritten) }),
  ];
}
