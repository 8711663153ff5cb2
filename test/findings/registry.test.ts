import { describe, expect, test } from 'vitest';
import { defaultConstants } from '../../src/base/constants.ts';
import { problemsOf } from '../../src/base/validate.ts';
import type { Comparison } from '../../src/dossier/dossier.ts';
import { findAll } from '../../src/findings/find.ts';
import { Findings, type Pattern } from '../../src/findings/finding.ts';
import { patterns } from '../../src/findings/registry.ts';
import { plant, without } from './comparison.ts';

const banned = /caused by|proves|contaminated|overfit|cheated/i;

describe.each(Object.entries<Pattern>(patterns))('%s', (id, { meta }) => {
  test('has a kebab-case id, and every text', () => {
    expect(meta.id).toBe(id);
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(meta.title).not.toBe(meta.failureTitle);
    for (const text of [meta.title, meta.failureTitle, meta.description, meta.formula, meta.source])
      expect(text?.trim()).toBeTruthy();
    expect(meta.formula).toMatch(/[Dd]etected|Looked for/);
    expect(meta.needs.length).toBeGreaterThan(0);
  });

  test('names thresholds with their provenance, those of the config by their key', () => {
    expect(meta.thresholds.length).toBeGreaterThan(0);
    for (const threshold of meta.thresholds) {
      expect(threshold.provenance).toMatch(/^(ours|paper|definition)/);
      if ('key' in threshold) expect(defaultConstants).toHaveProperty(threshold.key);
    }
  });

  test('uses no word of cause or accusation', () => {
    expect(JSON.stringify(meta)).not.toMatch(banned);
  });
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
      'vision-encoder-anomaly': 'Not looked for: Anomaly in the vision encoder',
    });
  });

  test('a pattern that cannot cope with a comparison fails alone, with the reason', () => {
    const dossier = plant();
    const { scores } = dossier.comparisons[0] as Comparison;
    if (scores.status === 'ok') Object.assign(scores, { families: undefined });
    const findings = findAll(dossier);
    expect(problemsOf(Findings, findings)).toEqual([]);
    const status = Object.fromEntries(findings.findings.map((finding) => [finding.id, finding.status]));
    expect(status).toMatchObject({
      'benchmark-shadow': 'failed',
      'family-regression': 'failed',
      'spectral-inertness': 'detected',
      'deep-reparametrization': 'not-detected',
    });
    expect(findings.findings.find(({ status: own }) => own === 'failed')?.title).toMatch(/^Failed: /);
  });
});
