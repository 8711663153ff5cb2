import { describe, expect, inject, test } from 'vitest';
import { ok } from '../../../src/base/measured.ts';
import { problemsOf } from '../../../src/base/validate.ts';
import { compareRuns, type NamedRun } from '../../../src/report/compare/compare-runs.ts';
import { corrected, moved } from '../../../src/report/compare/moved.ts';
import { RunsCompared } from '../../../src/report/compare/runs-compared.ts';
import { exampleInput } from '../example-input.ts';

const run = (change?: (text: string) => string): NamedRun => ({
  run: 'runs/x',
  ...exampleInput(inject('exampleRun'), change),
});
const interval = (low: number, high: number) => ({ interval: { low, high, level: 0.95, method: 'test' } });

describe('two runs', () => {
  test('a run beside itself: nothing changed, and the schema accepts it', () => {
    const compared = compareRuns(run(), run());
    expect(problemsOf(RunsCompared, compared)).toEqual([]);
    const numbers = compared.comparisons.flatMap(({ families, indices }) => [...families, ...indices]);
    expect(numbers.length).toBeGreaterThan(50);
    expect(numbers.filter(({ status }) => status === 'differs')).toEqual([]);
    expect(compared.comparisons.filter(({ verdict, findings }) => verdict.changed || findings.length > 0)).toEqual([]);
    expect(compared.settings).toEqual([]);
    expect(compared.comparisons.every(({ sameWeights }) => sameWeights === true)).toBe(true);
  });

  test('what is in one of them only is named, and lost nowhere', () => {
    const compared = compareRuns(
      run(),
      run((text) => text.replaceAll('"narrow"', '"other"')),
    );
    expect(compared.only.comparisons).toEqual({ before: ['narrow against base'], after: ['other against base'] });
    expect(compared.only.checkpoints).toEqual({ before: ['narrow'], after: ['other'] });
    expect(compared.comparisons).toHaveLength(4);
  });

  test('a changed verdict, finding, constant and weight is said', () => {
    const after = run();
    const [first] = after.verdict.comparisons;
    if (first) first.verdict = 'inconclusive';
    const finding = after.findings.findings.find(({ checkpoint, id }) => checkpoint === 'narrow' && id === 'narrowing');
    if (finding) finding.status = 'inconclusive';
    after.dossier.constants.alpha_test = 0.05;
    const [comparison] = after.dossier.comparisons;
    if (comparison) comparison.fingerprint = 'f'.repeat(64);
    const compared = compareRuns(run(), after);
    expect(compared.comparisons[0]).toMatchObject({
      sameWeights: false,
      verdict: { before: 'benchmark-shadow', after: 'inconclusive', changed: true },
      findings: [{ id: 'narrowing', before: 'detected', after: 'inconclusive' }],
    });
    expect(compared.settings).toEqual(['Constant alpha_test: 0.04 before, 0.05 after.']);
  });

  test('runs without anything in common compare to nothing', () => {
    const empty = run();
    const bare = { ...empty, dossier: { ...empty.dossier, comparisons: [], checkpoints: [] } };
    expect(compareRuns(bare, run()).comparisons).toEqual([]);
  });
});

describe('one number of two runs', () => {
  const row = (before: number, after: number, half: number) =>
    moved({
      id: 'x',
      title: 'x',
      unit: '',
      before: ok(before, interval(before - half, before + half)),
      after: ok(after, interval(after - half, after + half)),
    });

  test('differs by its interval, as two independent normal estimates do', () => {
    // se = 1 each: difference 4 ± 1.96 √2, z = 4/√2 = 2.828, two-sided p = 0.00468 = erfc(z/√2) in Python.
    const { difference, p } = row(0, 4, 1.959964);
    expect(difference).toMatchObject({ value: 4, se: expect.closeTo(Math.SQRT2, 6) });
    expect(p).toBeCloseTo(0.004678, 5);
  });

  test('one p below the level among many is not called a difference', () => {
    const pool = corrected([row(0, 3, 1.959964), ...Array.from({ length: 19 }, () => row(0, 0.1, 1.959964))], 0.05);
    expect(pool[0]?.p).toBeLessThan(0.05);
    expect(pool.map(({ status }) => status)).not.toContain('differs');
    expect(corrected([row(0, 3, 1.959964)], 0.05)[0]?.status).toBe('differs');
  });

  test('without an interval, or without a value, nothing is claimed', () => {
    expect(moved({ id: 'x', title: 'x', unit: '', before: ok(1), after: ok(2) })).toMatchObject({
      status: 'unknown',
      p: null,
    });
    expect(moved({ id: 'x', title: 'x', unit: '', before: undefined, after: ok(2) }).status).toBe('unknown');
  });
});
