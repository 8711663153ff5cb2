import { mean } from 'simple-statistics';
import { benjaminiHochberg } from '../base/benjamini-hochberg.ts';
import type { Constants } from '../base/constants.ts';
import { type Measured, ok, skipped } from '../base/measured.ts';
import { detectableEffect, lowerTail } from '../base/student.ts';
import { contrast, meanOf, measure, type Target } from './contrast.ts';
import type { Family } from './family.ts';
import type { FamilyGain, FamilyTaskGain } from './family-gain.ts';
import type { FamilyEstimates } from './gain-table.ts';

/**
 * One row per family that has at least one usable task: both targets on both scales, the shrunken gain for display
 * and the BH-adjusted one-sided tests of gain and loss on these benchmarks (METHOD §§ 2.3, 4.1).
 */
export function familyGains(
  families: readonly Family[],
  gains: readonly FamilyTaskGain[],
  estimates: { readonly gain: FamilyEstimates; readonly logit: FamilyEstimates },
  tau: number | undefined,
  constants: Constants,
): FamilyGain[] {
  const rows = estimates.gain.families;
  const noLoss = rows.map((row) => lowerTail(row.mean / Math.sqrt(row.fixed), row.fixedDf));
  const qGain = benjaminiHochberg(noLoss.map((p) => 1 - p));
  const qLoss = benjaminiHochberg(noLoss);
  const centre = rows.reduce((sum, row) => sum + row.mean, 0) / rows.length;
  return rows.map((row, index) => {
    const family = families.find((entry) => entry.id === row.family);
    const tasks = gains.filter((entry) => entry.family === row.family && entry.gain.status === 'ok');
    const kappaBase = mean(tasks.map((task) => task.kappaBase));
    return {
      family: row.family,
      title: family?.title ?? row.family,
      side: family?.side ?? 'other',
      tasks: row.tasks,
      fixed: estimate(estimates.gain, row.family, 'fixed-task'),
      random: estimate(estimates.gain, row.family, 'random-task'),
      logitFixed: estimate(estimates.logit, row.family, 'fixed-task'),
      logitRandom: estimate(estimates.logit, row.family, 'random-task'),
      kappaBase,
      kappaSubject: mean(tasks.map((task) => task.kappaSubject)),
      shrunken:
        tau === undefined
          ? skipped('too-few-families', 'Shrinkage needs at least three families.')
          : ok(shrink(row.mean, centre, tau, row.random), { n: row.tasks }),
      detectable: smallestGain(estimates.gain, row.family, constants),
      qGain: qGain[index] ?? null,
      qLoss: qLoss[index] ?? null,
      ceiling: kappaBase > 100 * constants.ceiling,
      flags: [...new Set([...tasks.flatMap((task) => task.flags), ...(row.tasks === 1 ? ['one-task'] : [])])],
    };
  });
}

function estimate(estimates: FamilyEstimates, family: string, target: Target): Measured {
  if (target === 'random-task' && estimates.df < 1)
    return skipped('one-task-families', 'Scatter between tasks needs a family with two tasks.');
  const tasks = estimates.families.find((row) => row.family === family)?.tasks ?? 0;
  return measure(contrast(estimates, meanOf([family]), target), 0.95, { n: tasks });
}

function smallestGain(estimates: FamilyEstimates, family: string, constants: Constants): Measured {
  const target: Target = estimates.df >= constants.min_task_df ? 'random-task' : 'fixed-task';
  const { se, df } = contrast(estimates, meanOf([family]), target);
  return ok(detectableEffect(se, df), { note: `80 % power, two-sided 5 %, ${target}` });
}

/** θ̃ = μ̂ + τ²/(τ² + V)·(θ − μ̂): what is left of a family's deviation once noise is taken out. */
export function shrink(mean: number, centre: number, tau: number, variance: number): number {
  const total = tau ** 2 + variance;
  return total === 0 ? mean : centre + (tau ** 2 / total) * (mean - centre);
}
