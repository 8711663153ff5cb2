import { describe, expect, test } from 'vitest';
import { confidence } from '../../src/verdict/confidence.ts';
import { only, plant } from '../findings/comparison.ts';

type Facts = Parameters<typeof confidence>[1];
const { scores, weights } = only(plant());
if (scores.status !== 'ok' || weights.status !== 'ok') throw new Error('not joined');
const facts: Facts = { ...scores, restructuring: weights.restructuring, attestation: ['attested', 'attested'] };
const { asymmetry } = scores;

test('paired items, a declared axis, enough tasks and attested scores make a moderate verdict', () => {
  expect(confidence('benchmark-shadow', facts)).toEqual({
    confidence: 'moderate',
    codes: [expect.objectContaining({ code: 'axis-declared', direction: 'up' })],
  });
});

describe('one weakness makes it weak, and is named', () => {
  const few = { code: 'few-layers', text: 'Few.' };
  test.each([
    ['axis-undeclared', { asymmetry: { ...asymmetry, declared: false } }],
    ['fixed-task-only', { asymmetry: { ...asymmetry, wording: 'fixed-task' } }],
    ['unpaired', { tasks: scores.tasks.map((task) => ({ ...task, se: 'unpaired-binomial' })) }],
    ['unattested', { attestation: ['attested', 'unattested'] }],
    ['few-layers', { restructuring: { ...weights.restructuring, reasons: [few] } }],
  ] as const)('%s', (code, change) => {
    const judged = confidence('benchmark-shadow', { ...facts, ...change } as Facts);
    expect(judged.confidence).toBe('weak');
    expect(judged.codes).toContainEqual(expect.objectContaining({ code, direction: 'down' }));
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
