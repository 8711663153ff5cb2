import { describe, expect, test } from 'vitest';
import { skipped } from '../../src/base/measured.ts';
import { sentence } from '../../src/verdict/sentence.ts';
import { verdictIds } from '../../src/verdict/verdict.ts';
import { only, plant } from '../findings/comparison.ts';

const { scores, weights } = only(plant());
if (scores.status !== 'ok' || weights.status !== 'ok') throw new Error('not joined');
const facts = { ...scores, restructuring: weights.restructuring };
const none = skipped('none', 'not measured');

describe.each(verdictIds)('the sentence of %s', (verdict) => {
  test('is one that claims no cause and no fault, and holds numbers with their bounds', () => {
    const text = sentence(verdict, facts);
    expect(text).toMatch(/^[A-Z].*\.$/);
    expect(text).toMatch(/(D̄|S) = [+−]?\d+\.\d+ \[/);
    expect(text).not.toMatch(/caused by|proves|contaminated|overfit|cheated|NaN|undefined|null/);
  });

  test('stays a sentence where numbers are missing, and says so', () => {
    const bare = {
      ...facts,
      asymmetry: { ...scores.asymmetry, S: none, T: none, C: none, meanGain: none },
      restructuring: { ...weights.restructuring, D: none, G: none },
    };
    expect(sentence(verdict, bare)).toContain('— (not measured)');
    expect(sentence(verdict, bare)).not.toMatch(/NaN|undefined/);
  });
});
