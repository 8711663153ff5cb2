import type { RandomStream } from '../../src/base/random.ts';
import { resolveTaxonomy, type TaxonomyRules } from '../../src/families/resolve-taxonomy.ts';
import type { RawRun, RawTask } from '../../src/harness/raw-run.ts';
import { levelFor, logitFor } from '../calibration/item-curve.ts';
import { plan } from '../calibration/plan.ts';
import { familyName, taskName } from '../calibration/score-world.ts';

/** Sizes of a planted suite; the first `targeted` families are the targeted side of the axis. */
export interface SuiteSize {
  readonly families: number;
  readonly targeted: number;
  /** Tasks a family, and items a task. */
  readonly tasks: number;
  readonly items: number;
}

/** True gains of one subject over the base, κ-points. */
export interface PlantedGain {
  readonly targeted: number;
  readonly coverage: number;
}

const chance = 0.25;

/**
 * Answers of a base and of several subjects to the same items, as in the calibration's worlds (bench/calibration/score-world.ts):
 * items differ in difficulty, gains are planted in κ-points with scatter between families and tasks.
 */
export function plantedScores(
  { families, targeted, tasks, items }: SuiteSize,
  gains: readonly PlantedGain[],
  random: RandomStream,
): { readonly base: RawRun; readonly subjects: readonly RawRun[] } {
  const { levels, taskSd, itemSd } = plan.items;
  const { families: familySd, tasks: scatter } = plan.unevenness;
  const runs: RawTask[][] = [[], ...gains.map((): RawTask[] => [])];
  for (let family = 0; family < families; family++) {
    const own = gains.map(
      (gain) => (family < targeted ? gain.targeted : gain.coverage) + (familySd / 4) * random.normal(),
    );
    for (let task = 0; task < tasks; task++) {
      const wanted = Math.min(levels[family % levels.length] as number, 0.6);
      const before = inside(1 / (1 + Math.exp(-(Math.log(wanted / (1 - wanted)) + taskSd * random.normal()))));
      const models = [before, ...own.map((gain) => inside(before + (gain + scatter * random.normal()) / 100))];
      const logits = models.map(logitFor);
      const drawn: number[][] = logits.map(() => []);
      for (let item = 0; item < items; item++) {
        const difficulty = itemSd * random.normal();
        for (const [index, logit] of logits.entries())
          drawn[index]?.push(random.uniform() < chance + (1 - chance) * levelFor(logit + difficulty, 0) ? 1 : 0);
      }
      for (const [index, outcomes] of drawn.entries()) runs[index]?.push(rawTask(taskName(family, task), outcomes));
    }
  }
  const [base = [], ...subjects] = runs;
  return { base: rawRun(base), subjects: subjects.map(rawRun) };
}

/** The families file of such a suite, with its axis. */
export function plantedTaxonomy({ families, targeted, tasks }: SuiteSize): TaxonomyRules {
  const names = Array.from({ length: families }, (_, family) => familyName(family));
  return resolveTaxonomy(
    {
      families: Object.fromEntries(
        names.map((name, family) => [
          name,
          {
            tasks: Object.fromEntries(
              Array.from({ length: tasks }, (_, task) => [taskName(family, task), { metric: 'acc', chance }]),
            ),
          },
        ]),
      ),
    },
    { targeted: names.slice(0, targeted), coverage: names.slice(targeted) },
  );
}

function inside(level: number): number {
  return Math.min(0.99, Math.max(0.01, level));
}

function rawTask(task: string, outcomes: readonly number[]): RawTask {
  return {
    task,
    version: '1',
    nShot: 0,
    outputType: 'multiple_choice',
    hash: null,
    n: outcomes.length,
    nOriginal: outcomes.length,
    metrics: [
      {
        metric: 'acc',
        filter: 'none',
        value: outcomes.reduce((sum, outcome) => sum + outcome, 0) / outcomes.length,
        stderr: null,
        higherIsBetter: true,
      },
    ],
    samples: outcomes.map((acc, docId) => ({
      docId,
      docHash: null,
      promptHash: null,
      targetHash: null,
      cluster: null,
      filter: 'none',
      metrics: { acc },
    })),
    warnings: [],
  };
}

function rawRun(tasks: RawTask[]): RawRun {
  return {
    schemaVersion: '1.0',
    harness: 'lm-eval',
    harnessVersion: '0.4.13',
    suite: 'planted',
    fingerprint: null,
    settings: { dtype: 'float32' },
    date: null,
    files: [],
    tasks,
  };
}
