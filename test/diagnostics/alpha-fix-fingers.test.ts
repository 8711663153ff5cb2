import { describe, expect, test } from 'vitest';
import { alphaFixFingers, clippedFit } from '../../src/diagnostics/alpha-fix-fingers.ts';
import { alternatives } from '../reference/alternatives.ts';
import { spectrumInput } from './inputs.ts';

describe.each(alternatives)('%s', (_, { eigenvalues, alpha, fix_fingers }) => {
  test("equals WeightWatcher's fix_fingers='clip_xmax'", () => {
    const { fit, dropped } = clippedFit(Float64Array.from(eigenvalues));
    expect(Math.max(0, dropped - 1)).toBe(fix_fingers.num_fingers);
    expect(fit).toMatchObject({ alpha: expect.closeTo(fix_fingers.alpha, 9), xmin: fix_fingers.xmin });
    if (fix_fingers.num_fingers === 0) expect(fit).toMatchObject({ alpha: expect.closeTo(alpha, 9) });
  });
});

test('the reference holds spectra of both kinds', () => {
  const fingers = alternatives.map(([, { fix_fingers }]) => fix_fingers.num_fingers);
  expect(fingers).toContain(0);
  expect(Math.max(...fingers)).toBeGreaterThan(3);
});

test('says how many eigenvalues it left out', () => {
  const [, row] = alternatives.find(([, { fix_fingers }]) => fix_fingers.num_fingers > 0) ?? [];
  const measured = alphaFixFingers.measure(spectrumInput(row?.eigenvalues ?? []));
  expect(measured).toMatchObject({
    note: `The ${(row?.fix_fingers.num_fingers ?? 0) + 1} largest eigenvalues are left out.`,
  });
});

test('is a failure where nothing can be fitted', () => {
  expect(alphaFixFingers.measure(spectrumInput([0, 0, 1]))).toMatchObject({ status: 'failed', code: 'fit-failed' });
});
