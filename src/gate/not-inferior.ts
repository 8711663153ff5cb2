import type { ChangeRule } from './judge-change.ts';

/** Non-inferiority within `margin` points: one-sided tests on both sides of −margin (METHOD § 7.1). */
export function notInferior(margin: number): Omit<ChangeRule, 'allowMissing'> {
  const within = `${margin} ${margin === 1 ? 'point' : 'points'}`;
  return {
    threshold: -margin,
    decide: ({ low, high }, limit) => (low > limit ? 'pass' : high < limit ? 'fail' : 'inconclusive'),
    says: {
      pass: `not inferior within ${within}`,
      fail: `lower by more than ${within}`,
      inconclusive: `a fall of ${within} is neither shown nor excluded`,
    },
  };
}
