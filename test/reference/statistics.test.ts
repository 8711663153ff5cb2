import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { benjaminiHochberg } from '../../src/base/benjamini-hochberg.ts';
import { holm } from '../../src/base/holm.ts';
import { exactMcNemar } from '../../src/base/mcnemar.ts';
import { randomStream } from '../../src/base/random.ts';
import { criticalValue, detectableEffect, lowerTail } from '../../src/base/student.ts';
import { independentInterval, wilson } from '../../src/base/wilson.ts';
import { betweenFamilies } from '../../src/families/between-families.ts';
import { cochranQ } from '../../src/families/cochran-q.ts';
import { estimateFamilies } from '../../src/families/gain-table.ts';
import { permutationF } from '../../src/families/permutation-f.ts';
import { acrossFamilies } from '../../src/families/shadow-contrast.ts';
import { clusteredMean } from '../../src/scores/clustered-mean.ts';
import { pairedInterval } from '../../src/scores/paired-interval.ts';

interface Reference {
  clustered: { values: number[]; clusters: string[]; mean: number; statsmodelsSe: number; se: number; df: number }[];
  wilson: { k: number; n: number; bounds: [number, number] }[];
  newcombe: { first: Share; second: Share; bounds: [number, number] }[];
  tango: { gained: number; lost: number; n: number; low: number; high: number }[];
  mcnemar: { gained: number; lost: number; p: number }[];
  meta: { means: number[]; variances: number[]; Q: number; p: number; tau: number; low: number; high: number }[];
  exactF: { groups: number[][]; F: number; labellings: number; p: number }[];
  welchAnova: { means: number[]; variances: number[]; dfs: number[]; p: number }[];
  welchT: { targeted: number[]; coverage: number[]; df: number; low: number; high: number }[];
  adjusted: { p: number[]; benjaminiHochberg: number[]; holm: number[] };
  student: { probability: number; df: number; quantile: number; x: number; lowerTail: number; detectable: number }[];
  normalPower: number;
}
interface Share {
  share: number;
  n: number;
}

/** Written by statistics.py from scipy, statsmodels and metafor. */
const reference = JSON.parse(readFileSync('test/reference/statistics.json', 'utf8')) as Reference;

/** Nine digits and a little more, relative to the larger of the number and one thousandth. */
const same = (ours: number, theirs: number): void =>
  expect(Math.abs(ours - theirs) / Math.max(Math.abs(theirs), 1e-3), `${ours} against ${theirs}`).toBeLessThan(5e-10);

describe('items', () => {
  test.each(reference.clustered)('a clustered mean has the error of full matrices', (row) => {
    const ours = clusteredMean(row.values.map((value, index) => ({ value, cluster: row.clusters[index] as string })));
    same(ours.mean, row.mean);
    same(ours.se, row.se);
    same(ours.df, row.df);
    const sizes = new Set(row.clusters.map((name) => row.clusters.filter((other) => other === name).length));
    if (sizes.size === 1) same(ours.se, row.statsmodelsSe);
    else expect(ours.se).toBeGreaterThan(row.statsmodelsSe);
  });

  test.each(reference.wilson)('Wilson, $k of $n', ({ k, n, bounds }) => {
    const { low, high } = wilson(k, n);
    same(low, bounds[0]);
    same(high, bounds[1]);
  });

  test.each(reference.newcombe)('Newcombe, $first.n against $second.n', ({ first, second, bounds }) => {
    const { low, high } = independentInterval(first, second);
    same(low, bounds[0]);
    same(high, bounds[1]);
  });

  test.each(reference.tango)('Tango, $gained gained and $lost lost of $n', ({ gained, lost, n, low, high }) => {
    const ours = pairedInterval(gained, lost, n);
    same(ours.low, low);
    same(ours.high, high);
  });

  test.each(reference.mcnemar)('exact McNemar, $gained and $lost', ({ gained, lost, p }) => {
    same(exactMcNemar(gained, lost), p);
  });
});

describe('families', () => {
  test.each(reference.meta)('Q, τ and its Q-profile are those of metafor', ({ means, variances, ...theirs }) => {
    const { Q, p } = cochranQ(means, variances);
    const { tau, low, high } = betweenFamilies(means, variances);
    same(Q, theirs.Q);
    expect(p).toBeCloseTo(theirs.p, 12);
    same(tau, theirs.tau);
    same(low, theirs.low);
    same(high, theirs.high);
  });

  test.each(reference.welchAnova)('Q on few degrees of freedom is Welch’s F', ({ means, variances, dfs, p }) => {
    same(cochranQ(means, variances, dfs).p, p);
  });

  test.each(reference.exactF)('permutation F over all $labellings labellings', ({ groups, F, labellings, p }) => {
    const ours = permutationF(groups, 20_000, randomStream(1));
    expect(ours).toMatchObject({ labellings, exact: true });
    same(ours.F, F);
    same(ours.p, p);
  });

  test.each(reference.welchT)('families as replicates are Welch’s t', ({ targeted, coverage, low, high }) => {
    const names = {
      targeted: targeted.map((_, index) => `t${index}`),
      coverage: coverage.map((_, index) => `c${index}`),
    };
    const family = (id: string, gain: number) => ({ family: id, tasks: [id], gains: [gain], variances: [1] });
    const estimates = estimateFamilies([
      ...targeted.map((gain, index) => family(`t${index}`, gain)),
      ...coverage.map((gain, index) => family(`c${index}`, gain)),
    ]);
    const ours = acrossFamilies(estimates, names);
    if (ours.status !== 'ok' || !ours.interval) throw new Error('no interval');
    same(ours.interval.low, low);
    same(ours.interval.high, high);
  });
});

test('adjusted p values are those of statsmodels', () => {
  const { p, benjaminiHochberg: bh, holm: stepped } = reference.adjusted;
  benjaminiHochberg(p).forEach((value, index) => {
    same(value, bh[index] as number);
  });
  holm(p).forEach((value, index) => {
    same(value, stepped[index] as number);
  });
});

test.each(reference.student)('t on $df degrees of freedom', (row) => {
  same(criticalValue(row.probability, row.df), row.quantile);
  same(lowerTail(row.x, row.df), row.lowerTail);
  same(detectableEffect(1, row.df), row.detectable);
});

test('the detectable effect with a known error is that of statsmodels’ power, which also counts the far tail', () => {
  expect(detectableEffect(1, Number.POSITIVE_INFINITY)).toBeCloseTo(reference.normalPower, 5);
});
