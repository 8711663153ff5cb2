import { expect, test } from 'vitest';
import { problemsOf } from '../../src/base/validate.ts';
import { findAll } from '../../src/findings/find.ts';
import { Findings } from '../../src/findings/finding.ts';
import { trajectoryPatterns } from '../../src/findings/registry.ts';
import { trend } from '../../src/findings/trend.ts';
import { fitted, follow, tableOne, trained } from '../dossier/training.ts';
import { followRun, withRuns } from './training.ts';

const paper = follow(tableOne(), 'A');

test.each([
  ['A', 'not-detected', 'Stable'],
  ['B', 'detected', 'resolved at n = 224 against A'],
  ['C', 'inconclusive', 'Recover: the share of α in [2, 6] was below'],
  ['C', 'inconclusive', '(not resolved at n = 224 against A)'],
  ['D', 'inconclusive', 'Gap: '],
  ['D', 'inconclusive', '(not resolved at n = 224 against A)'],
])('%s of Table 1 is %s: %s', (run, status, sentence) => {
  const found = followRun(trend, paper, run);
  expect(found.status).toBe(status);
  expect(found.plain).toContain(sentence);
});

test('the technical sentence has series, tests, the best pairing and the fragility', () => {
  const { technical } = followRun(trend, paper, 'D');
  for (const part of [
    '2000: 61.2 (warm-up)',
    '72000: −1.4 points, Fisher p = 0.8',
    'at best 0.250 if paired',
    'sign test p = 0.125',
    'Unclassified from 1.40 points',
  ])
    expect(technical).toContain(part);
});

test('without a reference Stuck is not settled: the limits are those of another model', () => {
  const found = followRun(trend, follow(tableOne()), 'B');
  expect(found.status).toBe('inconclusive');
  expect(found.plain).toContain('not compared: no reference');
});

test('two checkpoints are no trend', () => {
  const short = follow([trained('a', 0, { k: 1, n: 10 }), trained('a', 1, { k: 1, n: 10 })]);
  expect(followRun(trend, short, 'a').status).toBe('not-applicable');
});

test('a gap in matched matrices that all left [2, 6] is detected', () => {
  const alphas = (outside: number): number[] => Array.from({ length: 60 }, (_, index) => (index < outside ? 9 : 3));
  const runs = follow(
    [0, 1, 2].flatMap((step) => [fitted('plain', step, alphas(10)), fitted('odd', step, alphas(18))]),
    'plain',
  );
  expect(runs.odd?.trend.label).toBe('gap');
  expect(followRun(trend, runs, 'odd')).toMatchObject({ status: 'detected' });
});

test('findings of runs fit the schema and point into the dossier', () => {
  const dossier = withRuns(paper);
  const findings = findAll(dossier);
  expect(problemsOf(Findings, findings)).toEqual([]);
  const own = findings.findings.filter(({ condition }) => condition !== undefined);
  expect(own.map(({ key }) => key)).toEqual(
    ['A', 'B', 'C', 'D'].flatMap((run) => Object.keys(trajectoryPatterns).map((id) => `${id}:${run}`)),
  );
  for (const { pointer, value } of own.flatMap(({ evidence }) => evidence)) {
    const there = pointer
      .split('/')
      .slice(1)
      .reduce((at: unknown, key) => (at as Record<string, unknown>)[key], dossier);
    if (there !== undefined) expect(there).toEqual(value);
  }
});

test.each(Object.entries(trajectoryPatterns))(
  '%s carries its own id, a rule, a source and thresholds',
  (id, { meta }) => {
    expect(meta.id).toBe(id);
    expect(meta.title).not.toBe(meta.failureTitle);
    expect(meta.formula).not.toBe('');
    expect(meta.thresholds.length).toBeGreaterThan(0);
  },
);
