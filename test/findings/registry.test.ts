import { describe, expect, test } from 'vitest';
import { problemsOf } from '../../src/base/validate.ts';
import type { Comparison } from '../../src/dossier/dossier.ts';
import { findAll } from '../../src/findings/find.ts';
import { Findings } from '../../src/findings/finding.ts';
import { patterns } from '../../src/findings/registry.ts';
import { plant, without } from './comparison.ts';

test.each(Object.entries(patterns))('%s carries its own id, two titles, a source and thresholds', (id, { meta }) => {
  expect(meta.id).toBe(id);
  expect(meta.title).not.toBe(meta.failureTitle);
  expect(meta.source).not.toBe('');
  expect(meta.thresholds.length).toBeGreaterThan(0);
});

describe('all findings of a dossier', () => {
  test.each([
    ['with both branches', plant()],
    ['without the scores', without('scores', plant())],
    ['without the weights', without('weights', plant())],
  ])('fit their schema %s', (_, dossier) => {
    const findings = findAll(dossier);
    expect(problemsOf(Findings, findings)).toEqual([]);
    expect(findings.findings.map((finding) => finding.id)).toEqual(Object.keys(patterns));
  });

  test('a title says what was found', () => {
    const titles = Object.fromEntries(findAll(plant()).findings.map((finding) => [finding.id, finding.title]));
    expect(titles).toMatchObject({
      'benchmark-shadow': 'Benchmark-shadow pattern',
      'family-regression': 'No family regressed',
    });
  });

  test('a pattern that cannot cope with a comparison fails alone, with the reason', () => {
    const dossier = plant();
    const { scores } = dossier.comparisons[0] as Comparison;
    if (scores.status === 'ok') Object.assign(scores, { families: undefined });
    const findings = findAll(dossier);
    expect(problemsOf(Findings, findings)).toEqual([]);
    expect(findings.findings.map((finding) => [finding.id, finding.status])).toEqual([
      ['benchmark-shadow', 'failed'],
      ['spectral-inertness', 'detected'],
      ['deep-reparametrization', 'not-detected'],
      ['family-regression', 'failed'],
    ]);
  });
});
