import { expect, test } from 'vitest';
import { failed, numberOf, ok } from '../../src/base/measured.ts';
import { alpha } from '../../src/diagnostics/alpha.ts';
import { changeOf } from '../../src/diagnostics/change-of.ts';
import { pairInput } from './inputs.ts';

const input = pairInput(Float64Array.of(1, 0, 0, 2), Float64Array.of(3, 0, 0, 8), [2, 2]);
/** The largest eigenvalue: 4 in the reference, 64 in the subject. */
const largest = { ...alpha, measure: (side: typeof input.subject) => ok(side.eigenvalues.at(-1) ?? 0) };

test('is the subject minus the reference, on the scale that is asked for', () => {
  expect(numberOf(changeOf(largest, input))).toBeCloseTo(60, 10);
  expect(numberOf(changeOf(largest, input, Math.log2))).toBeCloseTo(4, 10);
});

test.each(['subject', 'reference'] as const)('says why there is none where the %s has none', (side) => {
  const measure = (own: typeof input.subject) => (own === input[side] ? failed('fit-failed', side) : ok(1));
  expect(changeOf({ ...alpha, measure }, input)).toMatchObject({ status: 'failed', code: 'fit-failed', reason: side });
});
