import { expect, test } from 'vitest';
import { verdictIds } from '../../../src/verdict/verdict.ts';
import { gateOf, world } from '../worlds.ts';

test('a forbidden verdict fails, an abstention is open, any other passes', () => {
  const planted = world({});
  const outcome = (verdict: (typeof verdictIds)[number]): string | undefined => {
    const comparisons = planted.verdict.comparisons.map((entry) => ({ ...entry, verdict }));
    const artifacts = { ...planted, verdict: { ...planted.verdict, comparisons } };
    return gateOf(artifacts, { rules: [{ verdict: 'benchmark-shadow' }] }).rules[0]?.outcome;
  };
  const open = ['asymmetric-unclear', 'asymmetric-unknown', 'inconclusive'];
  for (const id of verdictIds)
    expect(outcome(id), id).toBe(id === 'benchmark-shadow' ? 'fail' : open.includes(id) ? 'inconclusive' : 'pass');
});
