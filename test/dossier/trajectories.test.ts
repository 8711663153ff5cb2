import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { problemsOf } from '../../src/base/validate.ts';
import { Trajectory } from '../../src/dossier/trajectory.ts';
import { fitted, follow, matrix, tableOne, trained } from './training.ts';

interface Reference {
  adjusted: { condition: string; p: number[]; q: number[] }[];
}
/** Written by trajectories.py from scipy. */
const reference = JSON.parse(readFileSync('test/reference/trajectories.json', 'utf8')) as Reference;

describe('Table 1 of the paper', () => {
  const runs = follow(tableOne(), 'A');
  const of = (condition: string): Trajectory => runs[condition] as Trajectory;

  test('has the labels that the paper prints', () => {
    const printed = { A: 'stable', B: 'stuck', C: 'recover', D: 'gap' };
    expect(Object.fromEntries(Object.entries(runs).map(([key, { trend }]) => [key, trend.label]))).toEqual(printed);
    expect(Object.values(follow(tableOne('counts'), 'A')).map(({ trend }) => trend.label)).toEqual(
      Object.values(printed),
    );
  });

  test('counts of 224 round to the shares as printed', () => {
    const counts = tableOne('counts').map(({ model }) => numberOf(model.alpha_share) ?? 0);
    const shares = tableOne().map(({ model }) => numberOf(model.alpha_share) ?? 0);
    counts.forEach((count, index) => {
      expect(Math.abs(count - (shares[index] ?? 0))).toBeLessThanOrEqual(0.05 + 1e-9);
    });
  });

  test('cannot tell C and D from A at n = 224, but B', () => {
    expect([of('A'), of('B'), of('C'), of('D')].map(({ trend }) => trend.resolved)).toEqual([null, true, false, false]);
    expect(of('D').trend.reason).toContain('No share after warm-up is distinguishable from that of A');
    expect(of('B').trend.reason).toContain('20000 (−24.1 points)');
  });

  test.each(reference.adjusted)('$condition against A: p and q are those of scipy, warm-up aside', (row) => {
    const tests = of(row.condition).points.map(({ test }) => test);
    expect(tests[0]?.q).toBeNull();
    tests.slice(1).forEach((own, index) => {
      expect(own?.method).toBe('Fisher');
      expect(own?.p).toBeCloseTo(row.p[index] ?? Number.NaN, 9);
      expect(own?.q).toBeCloseTo(row.q[index] ?? Number.NaN, 9);
    });
  });

  test('the best that any pairing could give at the last step of D is 0.25', () => {
    expect(of('D').points.at(-1)?.test?.best).toBeCloseTo(0.25, 12);
  });

  test('D is below A at four of four checkpoints: p = 0.125', () => {
    expect(of('D').trend.signTest).toMatchObject({ status: 'ok', value: 0.125, n: 4, k: 4 });
  });

  test('the labels hold below 1.4 points, D goes there and C at 1.8', () => {
    expect(of('D').trend.fragility).toEqual([{ tolerance: 1.4, label: 'unclassified' }]);
    expect(of('C').trend.fragility).toEqual([{ tolerance: 1.8, label: 'stable' }]);
    expect([of('A'), of('B')].map(({ trend }) => trend.fragility)).toEqual([[], []]);
    const labels = (tolerance: number): string[] =>
      Object.values(follow(tableOne(), 'A', { trend_tolerance: tolerance })).map(({ trend }) => trend.label);
    expect(labels(1.39)).toEqual(['stable', 'stuck', 'recover', 'gap']);
    expect(labels(1.5)).toEqual(['stable', 'stuck', 'recover', 'unclassified']);
    expect(labels(1.8)).toEqual(['stable', 'stuck', 'stable', 'unclassified']);
  });

  test('the colours are those of the paper', () => {
    const bands = (condition: string): (string | null)[] => of(condition).points.map(({ band }) => band);
    expect(bands('A')).toEqual(['red', 'green', 'green', 'green', 'green']);
    expect(bands('B')).toEqual(['red', 'red', 'red', 'red', 'red']);
    expect(bands('D')).toEqual(['red', 'yellow', 'green', 'yellow', 'yellow']);
  });

  test('without a reference only Stuck, Stable and Unclassified are left, with the reason', () => {
    const alone = Object.values(follow(tableOne()));
    expect(alone.map(({ trend }) => [trend.label, trend.resolved])).toEqual([
      ['stable', null],
      ['stuck', null],
      ['stable', null],
      ['unclassified', null],
    ]);
    for (const { trend, points } of alone) {
      expect(trend.reason).toContain('trajectory.reference');
      expect(points.every(({ difference, test }) => difference === null && test === null)).toBe(true);
    }
  });

  test('fits the schema', () => {
    for (const run of Object.values(runs)) expect(problemsOf(Trajectory, run)).toEqual([]);
  });
});

describe('matched matrices', () => {
  const steps = [0, 100, 200];
  const inside = Array.from({ length: 40 }, () => 3);
  const base = steps.map((step) => fitted('plain', step, inside));

  test('are paired by name: eight that all left are resolved where counts alone would say less', () => {
    const left = inside.map((alpha, index) => (index < 8 ? 9 : alpha));
    const run = follow([...base, ...steps.map((step) => fitted('odd', step, left))], 'plain').odd as Trajectory;
    expect(run.points[1]?.test).toMatchObject({ method: 'McNemar', entered: 0, left: 8, n: 40 });
    expect(run.points[1]?.test?.p).toBeCloseTo(2 ** -7, 12);
    expect(run.trend.resolved).toBe(true);
    expect(run.points[1]?.difference).toMatchObject({ value: -20, n: 40 });
  });

  test('equal shares of other matrices are seen by the counts that moved, not by the share', () => {
    const half = inside.map((_, index) => (index < 20 ? 3 : 9));
    const other = inside.map((_, index) => (index < 20 ? 9 : 3));
    const run = follow(
      [...steps.map((step) => fitted('plain', step, half)), ...steps.map((step) => fitted('odd', step, other))],
      'plain',
    ).odd as Trajectory;
    expect(run.points[2]?.test).toMatchObject({ method: 'McNemar', entered: 20, left: 20, p: 1, best: 1 });
  });

  test('other names or shapes fall back to the counts', () => {
    const renamed = steps.map((step) => ({
      ...fitted('odd', step, inside),
      matrixDiagnostics: inside.map((alpha, index) => ({ ...matrix(alpha, index), name: `h.${index}`, rows: 16 })),
    }));
    const run = follow([...base, ...renamed], 'plain').odd as Trajectory;
    expect(run.points[1]?.test).toMatchObject({ method: 'Fisher', entered: null });
    expect(run.points[1]?.alphaDifference?.status).toBe('skipped');
  });

  test('a median difference of α comes with an exact interval', () => {
    const run = follow(
      [
        ...base,
        ...steps.map((step) =>
          fitted(
            'odd',
            step,
            inside.map((a) => a + 0.5),
          ),
        ),
      ],
      'plain',
    ).odd as Trajectory;
    expect(run.points[2]?.alphaDifference).toMatchObject({ value: 0.5, n: 40, interval: { low: 0.5, high: 0.5 } });
  });
});

describe('what is missing stays missing', () => {
  test('a checkpoint without spectra is no share, and is said to be missing', () => {
    const run = follow([
      trained('a', 0, { k: 8, n: 10 }),
      trained('a', 1, undefined),
      trained('a', 2, { k: 8, n: 10 }),
      trained('a', 3, { k: 8, n: 10 }),
    ]).a as Trajectory;
    expect(run.points[1]).toMatchObject({ band: null, share: { status: 'skipped' } });
    expect(run.trend.label).toBe('stable');
    expect(run.trend.reason).toContain('1 of 3 checkpoints after warm-up have no share');
  });

  test('no label is given to a run of two checkpoints', () => {
    const run = follow([trained('a', 0, { k: 1, n: 10 }), trained('a', 1, { k: 1, n: 10 })]).a as Trajectory;
    expect(run.trend).toMatchObject({ label: 'too-short', resolved: null, fragility: [] });
  });

  test('a reference that ends earlier gives no Gap', () => {
    const cut = tableOne().filter(({ condition, step }) => condition !== 'A' || (step ?? 0) < 70_000);
    const run = follow(cut, 'A').D as Trajectory;
    expect(run.trend.label).toBe('unclassified');
    expect(run.trend.reason).toContain('no share at the last step');
    expect(run.points.at(-1)?.difference).toMatchObject({ status: 'skipped', code: 'no-reference-step' });
  });

  test('one checkpoint is no run, and order is that of steps, not of the config', () => {
    expect(follow([trained('a', 5, { k: 1, n: 2 })])).toEqual({});
    const run = follow([...tableOne()].reverse(), 'A').D as Trajectory;
    expect(run.points.map(({ step }) => step)).toEqual([2000, 20_000, 40_000, 60_000, 72_000]);
    expect(run.trend.label).toBe('gap');
  });
});
