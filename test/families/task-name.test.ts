import { describe, expect, test } from 'vitest';
import { fits, normalName, protocolInName, specificity } from '../../src/families/task-name.ts';

test.each([
  ['MMLU-Pro', 'mmlu_pro'],
  [' Video-MME (wo sub) ', 'video_mme_(wo_sub)'],
  ['ARC\tChallenge', 'arc_challenge'],
])('%j is compared as %s', (name, normal) => {
  expect(normalName(name)).toBe(normal);
});

describe('a pattern', () => {
  test.each([
    ['mmlu_*', 'mmlu_anatomy', true],
    ['mmlu_*', 'mmlu_', true],
    ['mmlu_*', 'mmlu', false],
    ['mmlu_*', 'xmmlu_anatomy', false],
    ['leaderboard_math_*_hard', 'leaderboard_math_algebra_hard', true],
    ['leaderboard_math_*_hard', 'leaderboard_math_hard_algebra', false],
    ['a*b*c', 'abbc', true],
    ['a.c', 'abc', false],
    ['a*', 'a(b)[c]\\', true],
    ['*', '', true],
  ])('%s fits %j: %s', (pattern, name, expected) => {
    expect(fits(name, pattern)).toBe(expected);
  });

  test('of many stars does not take exponential time', () => {
    expect(fits(`${'a'.repeat(20_000)}b`, `${'a*'.repeat(200)}c`)).toBe(false);
  });

  test('is as specific as it has characters of its own', () => {
    expect(specificity('mmlu_pro_*')).toBeGreaterThan(specificity('mmlu_*'));
  });
});

test.each([
  ['gpqa_diamond_(pass@4)', { name: 'gpqa_diamond', protocol: 'pass@4' }],
  ['mathvision_avg@4', { name: 'mathvision', protocol: 'avg@4' }],
  ['refcoco_(acc@0.5)', undefined],
  ['mmlu', undefined],
])('the protocol in %s', (name, expected) => {
  expect(protocolInName(name)).toEqual(expected);
});
