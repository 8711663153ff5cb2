import { describe, expect, test } from 'vitest';
import { defaultConstants as constants } from '../../src/base/constants.ts';
import { ok } from '../../src/base/measured.ts';
import { confidence } from '../../src/verdict/confidence.ts';
import { only, plant } from '../findings/comparison.ts';

type Facts = Parameters<typeof confidence>[1];
const { scores, weights } = only(plant());
if (scores.status !== 'ok' || weights.status !== 'ok') throw new Error('not joined');
const facts: Facts = {
  ...scores,
  restructuring: weights.restructuring,
  attestation: ['attested', 'attested'],
  constants,
};
const { asymmetry } = scores;

test('paired items, a declared axis, enough tasks and attested scores make a moderate verdict', () => {
  expect(confidence('benchmark-shadow', facts)).toEqual({
    confidence: 'moderate',
    codes: [
      expect.objectContaining({ code: 'axis-declared', direction: 'up' }),
      expect.objectContaining({ code: 'one-run', direction: 'note' }),
    ],
  });
});

describe('one weakness makes it weak, and is named', () => {
  const few = { code: 'few-layers', text: 'Few.' };
  test.each([
    ['axis-undeclared', { asymmetry: { ...asymmetry, declared: false } }],
    ['fixed-task-only', { asymmetry: { ...asymmetry, wording: 'fixed-task' } }],
    ['unpaired', { tasks: scores.tasks.map((task) => ({ ...task, se: 'unpaired-binomial' })) }],
    ['unattested', { attestation: ['attested', 'unattested'] }],
    ['identical-weights', { restructuring: { ...weights.restructuring, medianRelativeChange: ok(0) } }],
    ['weights-within-noise', { restructuring: { ...weights.restructuring, medianRelativeChange: ok(0.004) } }],
    ['no-weights', { restructuring: { ...weights.restructuring, label: 'not-assessable' } }],
    ['not-among-subjects', { asymmetry: { ...asymmetry, qAsymmetric: 0.06, pools: { families: 6, subjects: 2 } } }],
    ['few-layers', { restructuring: { ...weights.restructuring, reasons: [few] } }],
  ] as const)('%s', (code, change) => {
    const judged = confidence('benchmark-shadow', { ...facts, ...change } as Facts);
    expect(judged.confidence).toBe('weak');
    expect(judged.codes).toContainEqual(expect.objectContaining({ code, direction: 'down' }));
  });
});

describe('what leaves the level as it is', () => {
  test.each([
    ['one subject has no pool to stand in', { qAsymmetric: 0.06, pools: { families: 6, subjects: 1 } }, []],
    [
      'families as a sample are mentioned only',
      { acrossFamilies: ok(9, { interval: { low: -1, high: 19, level: 0.95, method: 'Welch' } }) },
      ['families-as-sample'],
    ],
  ] as const)('%s', (_, change, codes) => {
    const judged = confidence('benchmark-shadow', {
      ...facts,
      asymmetry: { ...asymmetry, ...change } as Facts['asymmetry'],
    });
    expect(judged.confidence).toBe('moderate');
    expect(judged.codes.filter(({ direction }) => direction === 'down').map(({ code }) => code)).toEqual(codes);
  });
});

test('an abstention has no confidence, however good the data', () => {
  for (const verdict of ['inconclusive', 'asymmetric-unclear', 'asymmetric-unknown'] as const)
    expect(confidence(verdict, facts).confidence).toBe('none');
});

test('families without room to rise or to fall are named', () => {
  const [first, second, ...rest] = scores.families;
  if (!first || !second) throw new Error('no families');
  const families = [{ ...first, ceiling: true }, { ...second, kappaBase: 2, kappaSubject: 1 }, ...rest];
  const texts = confidence('benchmark-shadow', { ...facts, families }).codes.map((code) => code.text);
  expect(texts).toContain('No room to gain in puzzles.');
  expect(texts).toContain('At the floor in both checkpoints: sums.');
});
