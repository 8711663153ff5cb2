import { contrast, meanOf, measure } from '../../src/families/contrast.ts';
import { estimateFamilies } from '../../src/families/gain-table.ts';
import { coverage, crossed, type Size, simulate, type Table } from './simulate.ts';
import { average, covers, familyGroups } from './worlds.ts';

/** (c) Family gains: "on these benchmarks" and "on this kind of task". */
export function familyLevel(size: Size): Table[] {
  return [
    {
      title: 'Gain of a family',
      text: 'estimateFamilies, contrast and measure, averaged over the families of a world. Item noise is 3 points a task (±30 %). Fixed-task covers the mean of these tasks, random-task the mean of the kind. "Scatter only" is the random-task interval without the floor at item noise.',
      columns: ['families', 'tasks', 'scatter', 'fixed-task', 'random-task', 'scatter only'],
      rows: simulate(
        crossed([3, 5, 8], [2, 3, 4, 8], [0, 3, 9]),
        size,
        ([F, T, scatter]) => [`${F}`, `${T}`, `${scatter}`],
        () => [coverage, coverage, undefined],
        ([F, T, scatter], random) => {
          const means = Array.from({ length: F }, (_, family) => 2 * family);
          const { table, truth } = familyGroups({ means, tasks: T, scatter, noise: 3 }, random);
          const estimates = estimateFamilies(table);
          const unfloored = {
            ...estimates,
            families: estimates.families.map((row) => ({
              ...row,
              fixed: 0,
              random: estimates.taskVariance / row.tasks,
            })),
          };
          const rate = (of: typeof estimates, target: 'fixed-task' | 'random-task'): number =>
            average(
              of.families.map(({ family }, index) =>
                covers(
                  measure(contrast(of, meanOf([family]), target), 0.95),
                  target === 'fixed-task' ? average(truth[index] ?? []) : (means[index] ?? 0),
                ),
              ),
            );
          return [rate(estimates, 'fixed-task'), rate(estimates, 'random-task'), rate(unfloored, 'random-task')];
        },
      ),
    },
  ];
}
