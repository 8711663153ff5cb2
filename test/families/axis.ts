import { ok } from '../../src/base/measured.ts';
import type { FamilyTaskGain } from '../../src/families/family-gain.ts';
import { estimateFamilies, type FamilyEstimates, type GainGroup } from '../../src/families/gain-table.ts';

/** Task gains in κ-points of five families; the first two are the targeted ones. */
export const fiveFamilies = {
  a: [12, 9, 15, 10],
  b: [8, 13, 11, 14],
  c: [6, 3, 8, 5],
  d: [7, 9, 4, 2],
  e: [5, 6, 1],
} as const;

/** The same gains as a table, with item noise of variance 4 on each. */
export function groupsOf(families: Readonly<Record<string, readonly number[]>>, variance = 4): GainGroup[] {
  return Object.entries(families).map(([family, gains]) => ({
    family,
    tasks: gains.map((_, index) => `${family}${index}`),
    gains,
    variances: gains.map(() => variance),
  }));
}

export function estimatesOf(families: Readonly<Record<string, readonly number[]>>, variance = 4): FamilyEstimates {
  return estimateFamilies(groupsOf(families, variance));
}

/** Task gains as the product holds them: base at κ 40, log-odds a twentieth of the κ-points. */
export function taskGains(families: Readonly<Record<string, readonly number[]>>, se = 2): FamilyTaskGain[] {
  return Object.entries(families).flatMap(([family, gains]) =>
    gains.map((gain, index) => ({
      family,
      task: `${family}${index}`,
      n: 500,
      clusters: 500,
      base: 0.4,
      subject: 0.4 + gain / 100,
      kappaBase: 40,
      kappaSubject: 40 + gain,
      gain: ok(gain, { se, n: 500 }),
      logit: ok(gain / 20, { se: se / 20, n: 500 }),
      se: 'paired-clustered' as const,
      flags: [],
    })),
  );
}
