import { criticalValue } from '../../src/base/student.ts';
import { taskGain } from '../../src/scores/gain.ts';
import { taskScore } from '../../src/scores/task-score.ts';
import { coverage, crossed, type Size, simulate, type Table } from './simulate.ts';
import { average, clusteredItems, covers, scale, taskOf } from './worlds.ts';

const shapes = ['equal', 'uneven'] as const;

/** (b) Scores and paired gains of 0/1 items in clusters. */
export function clustered(size: Size): Table[] {
  return [
    {
      title: 'Items in clusters: score (clustered Wilson) and paired gain (CR2, t)',
      text: 'taskScore at p = 0.7 and taskGain from 0.6 to 0.65, half of the answers repeated. Clusters of 8 items, or of 2 to 32 (most small). For comparison the gain with the common G/(G − 1) error, by ±1.96 and by t on G − 1.',
      columns: ['clusters', 'sizes', 'ICC', 'score', 'gain', 'gain, CR1 ± 1.96', 'gain, CR1 t(G − 1)'],
      rows: simulate(
        crossed([10, 30, 100], shapes, [0, 0.1, 0.3]),
        size,
        ([G, shape, icc]) => [`${G}`, shape, `${icc}`],
        () => [coverage, coverage, undefined, undefined],
        ([G, shape, icc], random) => {
          const sizes = Array.from({ length: G }, () =>
            shape === 'equal' ? 8 : Math.round(2 * 16 ** (random.uniform() ** 2)),
          );
          const names = sizes.flatMap((count, cluster) => new Array<string>(count).fill(`c${cluster}`));
          const score = taskScore(taskOf(clusteredItems(sizes, 0.7, icc, random), names), scale).score;
          const base = clusteredItems(sizes, 0.6, icc, random);
          const fresh = clusteredItems(sizes, 0.65, icc, random);
          const subject = base.map((answer, item) => (random.uniform() < 0.5 ? answer : (fresh[item] ?? 0)));
          const gain = taskGain(taskOf(base, names), taskOf(subject, names), scale);
          if ('refused' in gain) throw new Error(gain.refused);
          const differences = subject.map((answer, item) => answer - (base[item] ?? 0));
          const error = Math.abs(average(differences) - 0.025) / commonError(differences, names);
          return [
            covers(score, 0.7),
            covers(gain.gain, 2.5),
            Number(error <= 1.96),
            Number(error <= criticalValue(0.975, G - 1)),
          ];
        },
      ),
    },
  ];
}

/** √(G/(G − 1)·Σ_c (Σ residual)²)/n, what statsmodels calls a cluster covariance. */
function commonError(values: readonly number[], names: readonly string[]): number {
  const mean = average(values);
  const sums = new Map<string, number>();
  values.forEach((value, item) => {
    const name = names[item] as string;
    sums.set(name, (sums.get(name) ?? 0) + value - mean);
  });
  const squares = [...sums.values()].reduce((sum, residual) => sum + residual ** 2, 0);
  return Math.sqrt((sums.size / (sums.size - 1)) * squares) / values.length;
}
