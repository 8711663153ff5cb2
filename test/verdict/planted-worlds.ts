import { type RandomStream, randomStream } from '../../src/base/random.ts';
import type { PairDiagnosis } from '../../src/diagnostics/diagnosis.ts';
import type { CheckpointInput } from '../../src/dossier/join.ts';
import type { VerdictId } from '../../src/verdict/verdict.ts';
import {
  checkpoint,
  type FamilyName,
  familyNames,
  flat,
  light,
  pairDiagnosis,
  rawRun,
  rewritten,
} from '../dossier/parts.ts';
import { rawTask } from '../scores/raw-task.ts';

/** A base and a subject whose difference is known, with the verdicts that are true of it. */
export interface World {
  readonly truth: keyof typeof trueOf;
  readonly base: CheckpointInput;
  readonly subject: CheckpointInput;
}

/** Firm verdicts that are true of a planted world, whatever is known of it. */
export const trueOf = {
  shadow: ['benchmark-shadow'],
  broad: ['broad-gain-light', 'broad-gain', 'broad-learning'],
  rebuild: ['specialised-rebuild'],
  nothing: ['no-change'],
} as const satisfies Readonly<Record<string, readonly VerdictId[]>>;

/** Items of a task. */
const items = 200;

/** Draws a world: how much scores rose, how easy each task is, which items flip and how far the weights went. */
export function plantWorld(seed: number): World {
  const random = randomStream(seed);
  const truth = (Object.keys(trueOf) as World['truth'][])[seed % 4] ?? 'nothing';
  const lift = 0.22 + 0.1 * random.uniform();
  const rise = (family: FamilyName): number => {
    if (truth === 'nothing') return 0;
    return truth === 'broad' || family === 'puzzles' || family === 'sums' ? lift + 0.02 * random.normal() : 0;
  };
  const tasks = familyNames.flatMap((family) => {
    const gain = rise(family);
    return [1, 2, 3, 4].map((index) => ({ task: `${family}_${index}`, ...answers(gain, random) }));
  });
  const run = (side: 'before' | 'after', digit: string): CheckpointInput['runs'][number] => ({
    ...rawRun(digit.repeat(64), flat),
    tasks: tasks.map((task) => rawTask(task[side], task.task)),
  });
  const pair = weightsOf(truth, random);
  const artifactOf = (input: CheckpointInput): CheckpointInput => ({
    ...input,
    artifact: input.artifact && { ...input.artifact, matrices: pair.matrices as never },
  });
  return {
    truth,
    base: artifactOf(checkpoint('base', '0', flat, { runs: [run('before', '0')] })),
    subject: artifactOf(checkpoint('sft', '1', flat, { base: 'base', pair, runs: [run('after', '1')] })),
  };
}

/** The same items before and after: some wrong ones turn right, and half a percent flips either way. */
function answers(gain: number, random: RandomStream): { before: number[]; after: number[] } {
  const level = 0.4 + 0.08 * random.normal();
  const before = Array.from({ length: items }, () => (random.uniform() < level ? 1 : 0));
  const after = before.map((right) => {
    if (random.uniform() < 0.005) return 1 - right;
    return right === 0 && random.uniform() < gain / (1 - level) ? 1 : right;
  });
  return { before, after };
}

/** Twelve layers: close to the base, rewritten throughout, or rewritten but for the first three or six, which is not enough to be sure of. */
function weightsOf(truth: World['truth'], random: RandomStream): PairDiagnosis {
  const quiet = pairDiagnosis(light);
  if (truth !== 'rebuild' && !(truth === 'broad' && random.uniform() < 0.5)) return quiet;
  const deep = pairDiagnosis(rewritten);
  const from = 3 * random.below(3);
  return {
    ...quiet,
    matrices: quiet.matrices.map((matrix, index) =>
      (matrix.depth ?? 0) >= from ? (deep.matrices[index] ?? matrix) : matrix,
    ),
  };
}

/** One way to lose an input. */
export type Loss = (world: World, random: RandomStream) => World;

/** Everything that may be missing. Losses of results concern both checkpoints or the subject alone, at random. */
export const losses: Readonly<Record<string, Loss>> = {
  'base weights': (world) => ({ ...world, subject: { ...world.subject, pair: undefined } }),
  'per-item samples': (world) => tasksOf(world, false, (task) => [{ ...task, samples: [] }]),
  'half of the items': (world, random) => {
    const keep = 60 + random.below(100);
    return tasksOf(world, false, (task) => [
      rawTask(
        task.samples.slice(0, keep).map(({ metrics }) => metrics.acc ?? 0),
        task.task,
      ),
    ]);
  },
  'a family': (world, random) => {
    const family = familyNames[random.below(6)] ?? 'facts';
    return tasksOf(world, random.uniform() < 0.5, (task) => (task.task.startsWith(`${family}_`) ? [] : [task]));
  },
  'a side of the axis': (world, random) => {
    const targeted = random.uniform() < 0.5;
    return tasksOf(world, random.uniform() < 0.5, (task) =>
      /^(puzzles|sums)_/.test(task.task) === targeted ? [] : [task],
    );
  },
  'a task': (world, random) => {
    const name = `${familyNames[random.below(6)]}_${1 + random.below(4)}`;
    return tasksOf(world, random.uniform() < 0.5, (task) => (task.task === name ? [] : [task]));
  },
  'most tasks': (world, random) => {
    const kept = new Set(familyNames.map((family) => `${family}_${1 + random.below(4)}`));
    return tasksOf(world, random.uniform() < 0.5, (task) => (kept.has(task.task) ? [task] : []));
  },
  'a matrix group': (world, random) => {
    const role = ['q', 'o', 'up', 'down'][random.below(4)];
    return matricesOf(world, (matrix) => matrix.role !== role);
  },
  'a range of layers': (world, random) => {
    const [from, length] = [random.below(10), 1 + random.below(10)];
    return matricesOf(world, ({ depth }) => (depth ?? 0) < from || (depth ?? 0) >= from + length);
  },
  'the pair null': (world) => diagnosticsOf(world, 'geometry_score'),
  'the correlations': (world) => diagnosticsOf(world, 'weight_correlation'),
  attestation: (world) => ({
    ...world,
    subject: {
      ...world.subject,
      unattestedSuites: ['core'],
      runs: world.subject.runs.map((run) => ({ ...run, fingerprint: null })),
    },
  }),
  'the scores of the base': (world) => ({ ...world, base: { ...world.base, runs: [] } }),
  'the scores of the subject': (world) => ({ ...world, subject: { ...world.subject, runs: [] } }),
};

type Task = CheckpointInput['runs'][number]['tasks'][number];

function tasksOf(world: World, subjectOnly: boolean, change: (task: Task) => Task[]): World {
  const of = (input: CheckpointInput): CheckpointInput => ({
    ...input,
    runs: input.runs.map((run) => ({ ...run, tasks: run.tasks.flatMap(change) })),
  });
  return { ...world, base: subjectOnly ? world.base : of(world.base), subject: of(world.subject) };
}

function matricesOf(world: World, keep: (matrix: PairDiagnosis['matrices'][number]) => boolean): World {
  const { pair } = world.subject;
  return pair
    ? { ...world, subject: { ...world.subject, pair: { ...pair, matrices: pair.matrices.filter(keep) } } }
    : world;
}

function diagnosticsOf(world: World, key: string): World {
  const { pair } = world.subject;
  if (!pair) return world;
  const matrices = pair.matrices.map((matrix) => ({
    ...matrix,
    diagnostics: { ...matrix.diagnostics, [key]: { status: 'skipped' as const, code: 'lost', reason: 'Lost.' } },
  }));
  return { ...world, subject: { ...world.subject, pair: { ...pair, matrices } } };
}
