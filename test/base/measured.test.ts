import { expect, test } from 'vitest';
import { failed, numberOf, ok, skipped } from '../../src/base/measured.ts';

test('a number that is not finite becomes a failure with its reason, so NaN cannot travel', () => {
  expect(ok(Number.NaN)).toMatchObject({ status: 'failed', code: 'not-finite' });
  expect(ok(Number.POSITIVE_INFINITY)).toMatchObject({ status: 'failed' });
  expect(ok(1.5, { n: 3 })).toEqual({ status: 'ok', value: 1.5, n: 3 });
});

test('only a measured number has a value', () => {
  expect([numberOf(ok(2)), numberOf(skipped('a', 'b')), numberOf(failed('a', 'b')), numberOf(undefined)]).toEqual([
    2,
    undefined,
    undefined,
    undefined,
  ]);
});
