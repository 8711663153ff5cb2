import { describe, expect, test } from 'vitest';
import { problemsOf } from '../../src/base/validate.ts';
import { Dossier } from '../../src/dossier/dossier.ts';
import { joinDossier } from '../../src/dossier/join.ts';
import { findAll } from '../../src/findings/find.ts';
import { decide } from '../../src/verdict/decide.ts';
import { Verdict } from '../../src/verdict/verdict.ts';
import { checkpoint, family, flat, joinInput, light, narrowGain, pairDiagnosis, rewritten } from '../dossier/parts.ts';
import { plant, without } from '../findings/comparison.ts';

const judge = (dossier: Dossier): Verdict => decide(dossier, findAll(dossier));
const fall = (): number => 0.15;

describe('verdicts of planted checkpoints', () => {
  test.each([
    ['benchmark-shadow', 'moderate', plant(narrowGain, light)],
    ['asymmetric-unclear', 'none', plant(narrowGain, { m: 0.15, r: 0.99, G: 0.6 })],
    ['specialised-rebuild', 'moderate', plant(narrowGain, rewritten)],
    ['asymmetric-unknown', 'none', without('weights', plant(narrowGain))],
    ['regression', 'moderate', plant(fall, light)],
    ['inconclusive', 'none', without('scores', plant())],
  ])('%s, confidence %s', (verdict, confidence, dossier) => {
    const judged = judge(dossier);
    expect(judged.comparisons).toEqual([expect.objectContaining({ verdict, confidence })]);
    expect(problemsOf(Verdict, JSON.parse(JSON.stringify(judged)))).toEqual([]);
    expect(judged.comparisons[0]?.next.length).toBeGreaterThan(0);
    expect(JSON.stringify(judged)).not.toMatch(/caused by|proves|contaminated|overfit|cheated|NaN|undefined/);
  });

  test('name the findings they rest on', () => {
    expect(judge(plant()).comparisons[0]?.evidence).toEqual([
      'benchmark-shadow:sft~base',
      'narrowing:sft~base',
      'spectral-inertness:sft~base',
      'conservative-backbone:sft~base',
    ]);
  });
});

describe('a verdict does not depend on names or places', () => {
  const dossier = joinDossier(joinInput(family()));
  const verdicts = (of: Dossier): Record<string, string> =>
    Object.fromEntries(judge(of).comparisons.map((comparison) => [comparison.checkpoint, comparison.verdict]));

  test('renaming checkpoints changes nothing but the names', () => {
    const renamed = family().map((entry) => ({
      ...entry,
      id: `${entry.id}-x`,
      base: entry.base === null ? null : `${entry.base}-x`,
    }));
    const text = JSON.stringify(judge(joinDossier(joinInput(renamed))));
    expect(JSON.parse(text.replaceAll(/(base|narrow|broad)-x/g, '$1'))).toEqual(judge(dossier));
  });

  test('listing them in another order changes no verdict', () => {
    const turned = joinDossier(joinInput(family().toReversed()));
    expect(verdicts(turned)).toEqual(verdicts(dossier));
  });

  test('swapping what two subjects are swaps their verdicts', () => {
    expect(verdicts(dossier)).toEqual({ narrow: 'benchmark-shadow', broad: 'broad-learning' });
    const swapped = family().map((entry) => ({
      ...entry,
      id: { narrow: 'broad', broad: 'narrow' }[entry.id] ?? entry.id,
    }));
    expect(verdicts(joinDossier(joinInput(swapped)))).toEqual({ broad: 'benchmark-shadow', narrow: 'broad-learning' });
  });
});

test('a checkpoint that did not move has no gain to explain', () => {
  const base = checkpoint('base', '0', flat);
  const pair = pairDiagnosis({ m: 0, r: 1, G: 0, regime: 'minimal' });
  const dossier = joinDossier(joinInput([base, checkpoint('copy', '0', flat, { base: 'base', pair })]));
  expect(problemsOf(Dossier, dossier)).toEqual([]);
  expect(judge(dossier).comparisons[0]).toMatchObject({
    reasonCodes: expect.arrayContaining([expect.objectContaining({ code: 'identical-weights', direction: 'down' })]),
  });
  expect(judge(dossier).comparisons[0]?.verdict).toMatch(/^(no-change|inconclusive)$/);
});
