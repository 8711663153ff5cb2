import { expect, test } from 'vitest';
import { defaultConstants } from '../../src/base/constants.ts';
import { ok, skipped } from '../../src/base/measured.ts';
import { acrossSubjects } from '../../src/families/across-subjects.ts';
import { measureAsymmetry } from '../../src/families/measure-asymmetry.ts';
import { fiveFamilies, taskGains } from './axis.ts';

const taxonomy = {
  families: Object.keys(fiveFamilies).map((id) => ({ id, title: id, side: 'other' as const, tasks: [] })),
  axis: { declared: true, targeted: ['a', 'b'], coverage: ['c', 'd', 'e'] },
};
const constants = { ...defaultConstants, permutations: 500, bootstrap: 20 };
const { asymmetry } = measureAsymmetry(taskGains(fiveFamilies), taxonomy, constants, 1);

test('subjects of one report are one pool; one without a test is in none', () => {
  const subjects = [ok(0.01), skipped('no-test', 'None.'), ok(0.04), ok(0.03)].map((pAsymmetric) => ({
    ...asymmetry,
    pAsymmetric,
  }));
  const adjusted = acrossSubjects(subjects, [5, 1, 5, 4]);
  // scipy.stats.false_discovery_control([.01, .04, .03])
  expect(adjusted.map((entry) => entry.qAsymmetric)).toEqual([0.03, null, 0.04, 0.04]);
  expect(adjusted.map((entry) => entry.pools)).toEqual([
    { families: 5, subjects: 3 },
    { families: 1, subjects: 3 },
    { families: 5, subjects: 3 },
    { families: 4, subjects: 3 },
  ]);
});

test('families as replicates give the same S with a wider interval than the tasks do', () => {
  const across = asymmetry.acrossFamilies;
  if (across?.status !== 'ok' || asymmetry.S.status !== 'ok') throw new Error('no contrast');
  expect(across.value).toBeCloseTo(asymmetry.S.value, 12);
  const width = ({ interval }: typeof across): number => (interval?.high ?? 0) - (interval?.low ?? 0);
  // scipy.stats.ttest_ind([11.5, 11.5], [5.5, 5.5, 4], equal_var=False).confidence_interval()
  expect(width(across)).toBeCloseTo(2 * 2.1513263648747305, 8);
});

test('one family on a side is no replicate', () => {
  const lonely = { ...taxonomy, axis: { ...taxonomy.axis, targeted: ['a'] } };
  expect(measureAsymmetry(taskGains(fiveFamilies), lonely, constants, 1).asymmetry.acrossFamilies).toMatchObject({
    status: 'skipped',
    code: 'one-family-side',
  });
});
