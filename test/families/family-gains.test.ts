import { describe, expect, test } from 'vitest';
import { defaultConstants } from '../../src/base/constants.ts';
import { numberOf, skipped } from '../../src/base/measured.ts';
import { problemsOf } from '../../src/base/validate.ts';
import { FamilyGain } from '../../src/families/family-gain.ts';
import { familyGains } from '../../src/families/family-gains.ts';
import { estimateFamilies, gainTable } from '../../src/families/gain-table.ts';
import { fiveFamilies, taskGains } from './axis.ts';

const families = Object.keys(fiveFamilies).map((id) => ({
  id,
  title: id.toUpperCase(),
  side: 'other' as const,
  tasks: [],
}));
const rowsOf = (gains: ReturnType<typeof taskGains>, tau: number | undefined = 3): FamilyGain[] =>
  familyGains(
    families,
    gains,
    { gain: estimateFamilies(gainTable(gains, 'gain')), logit: estimateFamilies(gainTable(gains, 'logit')) },
    tau,
    defaultConstants,
  );

test('both targets have the same mean and their own error', () => {
  const [a] = rowsOf(taskGains(fiveFamilies));
  expect(a).toMatchObject({ family: 'a', title: 'A', tasks: 4, kappaBase: 40, kappaSubject: 51.5 });
  expect(a?.fixed).toMatchObject({ value: 11.5, se: expect.closeTo(Math.sqrt(4 / 4), 12) });
  expect(a?.random).toMatchObject({ value: 11.5, se: expect.closeTo(Math.sqrt(7 / 4), 12) });
  expect(rowsOf(taskGains(fiveFamilies)).flatMap((row) => problemsOf(FamilyGain, row))).toEqual([]);
});

test('q values are scipy’s false-discovery control of one-sided normal p values', () => {
  // false_discovery_control(norm.sf([2.5, -3, 0.4])) and of norm.cdf
  const rows = rowsOf(taskGains({ a: [2.5], b: [-3], c: [0.4] }, 1));
  expect(rows.map((row) => row.qGain)).toEqual([
    expect.closeTo(0.018628995977328398, 10),
    expect.closeTo(0.9986501019683699, 10),
    expect.closeTo(0.5168673875845138, 10),
  ]);
  expect(rows[1]?.qLoss).toBeCloseTo(0.00404969409489028, 10);
});

describe('shrunken gains', () => {
  test('lie between the family and the mean of all, nearer to the mean when dispersion is small', () => {
    const [wide, narrow, none] = [3, 0.5, 0].map((tau) => numberOf(rowsOf(taskGains(fiveFamilies), tau)[0]?.shrunken));
    const centre = (11.5 + 11.5 + 5.5 + 5.5 + 4) / 5;
    expect(wide).toBeCloseTo(centre + (9 / (9 + 7 / 4)) * (11.5 - centre), 12);
    expect(narrow).toBeLessThan(wide ?? 0);
    expect(none).toBeCloseTo(centre, 12);
  });

  test('are left out where there are too few families, and the rest of the row stays', () => {
    const gains = taskGains({ a: [12, 9], b: [1, 2] });
    const [row] = familyGains(
      families,
      gains,
      { gain: estimateFamilies(gainTable(gains, 'gain')), logit: estimateFamilies(gainTable(gains, 'logit')) },
      undefined,
      defaultConstants,
    );
    expect(row).toMatchObject({ shrunken: { status: 'skipped' }, fixed: { value: 10.5 } });
  });
});

test('a task without a gain is left out and never counts as 0', () => {
  const gains = taskGains({ a: [12, 9], b: [1, 2], c: [3, 3] });
  const [first, ...rest] = gains;
  if (!first) throw new Error('no gains');
  const none = skipped('refused', 'Another prompt.');
  const [row] = rowsOf([...rest, { ...first, gain: none, logit: none }].toReversed()).filter((r) => r.family === 'a');
  expect(row).toMatchObject({ tasks: 1, fixed: { value: 9 }, flags: ['one-task'] });
});

test('a family whose base is above κ 0.9 is at its ceiling', () => {
  const gains = taskGains({ a: [1, 2], b: [1, 2] }).map((gain) =>
    gain.family === 'b' ? { ...gain, kappaBase: 91 } : gain,
  );
  expect(rowsOf(gains).map((row) => row.ceiling)).toEqual([false, true]);
});
