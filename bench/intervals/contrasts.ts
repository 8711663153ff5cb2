import { defaultConstants } from '../../src/base/constants.ts';
import { betweenFamilies, profileOfEstimated } from '../../src/families/between-families.ts';
import { measure } from '../../src/families/contrast.ts';
import { estimateFamilies } from '../../src/families/gain-table.ts';
import { acrossFamilies, axisContrasts, detectable } from '../../src/families/shadow-contrast.ts';
import { simultaneousRange } from '../../src/families/simultaneous-range.ts';
import { coverage, crossed, type Size, simulate, type Table } from './simulate.ts';
import { covers, familyGroups } from './worlds.ts';

const sides = [
  [2, 3],
  [3, 3],
  [4, 4],
] as const;

/** (d) The shadow contrast S, declared and not, its power, and the dispersion τ. */
export function contrasts(size: Size): Table[] {
  return [declared(size), undeclared(size), dispersion(size)];
}

function declared(size: Size): Table {
  return {
    title: 'Declared contrast S',
    text: 'axisContrasts; targeted gain 10, coverage 2, item noise 3. "Power" is how often the two-sided test finds a true S as large as the smallest detectable effect (80 % by design). "Across families" takes families as replicates (Welch), here with a natural unevenness of 4 points between families; the t interval beside it is for the same worlds and the mean over all such families, which it does not claim.',
    columns: ['families', 'tasks', 'scatter', 'S', 'power', 'across families', 'S for all such families'],
    rows: simulate(
      crossed(sides, [2, 3, 4, 8], [0, 3, 9]),
      size,
      ([[a, b], T, scatter]) => [`${a}+${b}`, `${T}`, `${scatter}`],
      ([, , scatter]) => [coverage, scatter > 0 ? [0.75, 0.85] : undefined, coverage, undefined],
      ([[a, b], T, scatter], random) => {
        const names = (from: number, count: number): string[] =>
          Array.from({ length: count }, (_, at) => `f${from + at}`);
        const axis = { targeted: names(0, a), coverage: names(a, b) };
        const even = [...axis.targeted.map(() => 10), ...axis.coverage.map(() => 2)];
        const world = { tasks: T, scatter, noise: 3 };
        const estimates = estimateFamilies(familyGroups({ ...world, means: even }, random).table);
        const S = measure(axisContrasts(estimates, axis, defaultConstants).S, 0.95);
        const smallest = (3 ** 2 * 1.03 + scatter ** 2) ** 0.5 * Math.sqrt((1 / a + 1 / b) / T);
        const planted = smallest * powerFactor(a + b, T);
        const found = estimateFamilies(
          familyGroups(
            { ...world, means: [...axis.targeted.map(() => planted), ...axis.coverage.map(() => 0)] },
            random,
          ).table,
        );
        const seen = measure(axisContrasts(found, axis, defaultConstants).S, 0.95);
        const uneven = even.map((mean) => mean + 4 * random.normal());
        const natural = estimateFamilies(familyGroups({ ...world, means: uneven }, random).table);
        return [
          covers(S, 8),
          1 - covers(seen, 0),
          covers(acrossFamilies(natural, axis), 8),
          covers(measure(axisContrasts(natural, axis, defaultConstants).S, 0.95), 8),
        ];
      },
    ),
  };
}

/** detectable(S)/SE(S) at the degrees of freedom of the pooled scatter; one number a design. */
function powerFactor(families: number, tasks: number): number {
  const smallest = detectable({ value: 0, se: 1, df: families * (tasks - 1) });
  if (smallest.status !== 'ok') throw new Error(smallest.reason);
  return smallest.value;
}

function undeclared(size: Size): Table {
  return {
    title: 'Undeclared contrast: largest minus smallest family',
    text: 'simultaneousRange (400 draws), true family gains 0 to 8. The interval must cover the true difference of whichever two families came out as extremes; it holds for all pairs at once, so for the one that is shown it may cover more.',
    columns: ['families', 'tasks', 'scatter', 'coverage'],
    rows: simulate(
      crossed([3, 5, 8], [3, 8], [0, 3]),
      size,
      ([F, T, scatter]) => [`${F}`, `${T}`, `${scatter}`],
      () => [[0.93, 1]],
      ([F, T, scatter], random) => {
        const means = Array.from({ length: F }, (_, family) => (8 * family) / (F - 1));
        const { table } = familyGroups({ means, tasks: T, scatter, noise: 3 }, random);
        const estimates = estimateFamilies(table);
        const seen = estimates.families.map((family) => family.mean);
        const truth = (means[seen.indexOf(Math.max(...seen))] ?? 0) - (means[seen.indexOf(Math.min(...seen))] ?? 0);
        return [covers(simultaneousRange(estimates, 400, random), truth)];
      },
    ),
  };
}

function dispersion(size: Size): Table {
  return {
    title: 'Dispersion τ between families (Q-profile)',
    text: 'profileOfEstimated, which allows for variances estimated from few tasks; the plain Q-profile of betweenFamilies with the same variances, and with the true ones. Family gains are normal with SD τ, task scatter 3, item noise 3. Where τ is 0 only one side can miss, so 97.5 % is nominal there.',
    columns: ['families', 'tasks', 'τ', 'few tasks', 'plain', 'known variances'],
    rows: simulate(
      crossed([3, 5, 8], [2, 3, 4, 8], [0, 2, 6, 15]),
      size,
      ([F, T, tau]) => [`${F}`, `${T}`, `${tau}`],
      ([, , tau]) => [tau === 0 ? [0.93, 1] : coverage, undefined, undefined],
      ([F, T, tau], random) => {
        const means = Array.from({ length: F }, () => tau * random.normal());
        const { table } = familyGroups({ means, tasks: T, scatter: 3, noise: 3 }, random);
        const { families, df } = estimateFamilies(table);
        const seen = families.map((family) => family.mean);
        const known = table.map((group) => (9 + group.variances.reduce((sum, v) => sum + v, 0) / T) / T);
        const held = (variances: readonly number[]): number => {
          const { low, high } = betweenFamilies(seen, variances);
          return Number(low <= tau && tau <= high);
        };
        const estimated = families.map((family) => family.random);
        const { low, high } = profileOfEstimated(seen, estimated, df);
        return [Number(low <= tau && tau <= high), held(estimated), held(known)];
      },
    ),
  };
}
