import { expect, test } from 'vitest';
import { startTime } from '../../src/pipeline/start-time.ts';

test('a run starts now, or when SOURCE_DATE_EPOCH says', () => {
  expect(Math.abs(Date.parse(startTime({})) - Date.now())).toBeLessThan(60_000);
  expect(startTime({ SOURCE_DATE_EPOCH: '1767323045' })).toBe('2026-01-02T03:04:05.000Z');
});

test.each(['yesterday', '-1', '1.5', '1e3', '9'.repeat(12)])('%s is no time', (text) => {
  expect(() => startTime({ SOURCE_DATE_EPOCH: text })).toThrow(/not a whole number of seconds/);
});
