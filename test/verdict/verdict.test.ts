import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import type { Dossier } from '../../src/dossier/dossier.ts';
import { findAll } from '../../src/findings/find.ts';
import { decide } from '../../src/verdict/decide.ts';
import { quadrant, titles } from '../../src/verdict/quadrant.ts';
import { verdictIds } from '../../src/verdict/verdict.ts';

const example = (): Dossier => JSON.parse(readFileSync(join(inject('exampleRun'), 'dossier.json'), 'utf8')) as Dossier;
const judge = (dossier: Dossier) => decide(dossier, findAll(dossier));

describe('the cells of METHOD § 4.2', () => {
  const columns = ['limited', 'partial', 'deep', 'not-assessable'] as const;
  test.each([
    ['asymmetric-gain', ['benchmark-shadow', 'asymmetric-unclear', 'specialised-rebuild', 'asymmetric-unknown']],
    ['transferring', ['broad-gain-light', 'broad-gain', 'broad-learning', 'broad-gain']],
    ['uniform-gain', ['broad-gain-light', 'broad-gain', 'broad-learning', 'broad-gain']],
    ['no-change', ['no-change', 'no-change', 'neutral-rebuild', 'no-change']],
    ['uneven-regression', new Array(4).fill('regression')],
    ['uniform-regression', new Array(4).fill('regression')],
    ['inconclusive', new Array(4).fill('inconclusive')],
  ] as const)('row %s', (pattern, cells) => {
    expect(columns.map((column) => quadrant(pattern, column))).toEqual(cells);
  });

  test('every verdict has a title', () => {
    expect(Object.keys(titles).sort()).toEqual([...verdictIds].sort());
  });
});

describe('a verdict on the real example', () => {
  test('its sentence names the families, the contrast and the restructuring, and claims no cause', () => {
    const narrow = judge(example()).comparisons.find((comparison) => comparison.checkpoint === 'narrow');
    expect(narrow?.sentence).toMatch(
      /^The scores and weights are consistent with a benchmark-shadow pattern: gains are concentrated in Reversal, Sorting and Rotation \(S = \+\d/,
    );
    for (const comparison of judge(example()).comparisons)
      expect(comparison.sentence).not.toMatch(/caused by|proves|contaminated|overfit|cheated|NaN/);
  });

  test('without the weights it says concentrated, and that restructuring is unknown', () => {
    const dossier = example();
    for (const comparison of dossier.comparisons)
      comparison.weights = { status: 'failed', error: { code: 'base-mismatch', message: 'Another architecture.' } };
    expect(judge(dossier).comparisons[0]).toMatchObject({ verdict: 'asymmetric-unknown', confidence: 'none' });
    expect(findAll(dossier).findings.find((finding) => finding.id === 'benchmark-shadow')).toMatchObject({
      status: 'not-applicable',
    });
  });

  test('without the scores there is no verdict, and the reason is given', () => {
    const dossier = example();
    for (const comparison of dossier.comparisons)
      comparison.scores = { status: 'failed', error: { code: 'no-scores', message: 'The harness failed.' } };
    expect(judge(dossier).comparisons[0]).toMatchObject({
      verdict: 'inconclusive',
      sentence: expect.stringContaining('The harness failed.'),
    });
  });

  test('unattested scores weaken it', () => {
    const dossier = example();
    for (const checkpoint of dossier.checkpoints) checkpoint.attestation = 'unattested';
    expect(judge(dossier).comparisons[0]).toMatchObject({ verdict: 'benchmark-shadow', confidence: 'weak' });
  });
});
