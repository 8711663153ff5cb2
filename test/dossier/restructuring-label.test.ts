import { describe, expect, test } from 'vitest';
import { defaultConstants } from '../../src/base/constants.ts';
import { type Measured, ok, skipped } from '../../src/base/measured.ts';
import { restructuringLabel } from '../../src/dossier/restructuring-label.ts';

type Facts = Parameters<typeof restructuringLabel>[0];
const between = (value: number, low: number, high: number): Measured =>
  ok(value, { interval: { low, high, level: 0.95, method: 'block bootstrap over depth' } });
const light: Facts = {
  D: between(0.02, 0.01, 0.03),
  G: between(0.05, 0.02, 0.1),
  medianRelativeChange: between(0.15, 0.1, 0.2),
  shareMoved: between(0, 0, 0),
  shareDeep: between(0, 0, 0),
};
const label = (change: Partial<Facts>, layers = 24): ReturnType<typeof restructuringLabel> =>
  restructuringLabel({ ...light, ...change }, defaultConstants, layers);
const codes = (change: Partial<Facts>, layers?: number): string[] =>
  label(change, layers).reasons.map((reason) => reason.code);

describe('limited is a claim about upper bounds', () => {
  test('where all hold, the change is limited and inert', () => {
    expect(label({})).toMatchObject({ label: 'limited', geometry: 'inert', reasons: [{ code: 'limited' }] });
  });

  test.each([
    ['depth-not-limited', { D: between(0.05, 0.01, 0.11) }],
    ['many-moved', { shareMoved: between(0.05, 0, 0.12) }],
    ['geometry-unclear', { G: between(0.15, 0.05, 0.25) }],
    ['geometry-active', { G: between(0.5, 0.4, 0.6) }],
    ['geometry-unclear', { G: skipped('no-null', 'Not computed.') }],
  ] as const)('one bound beyond its limit makes it partial: %s', (code, change) => {
    expect(label(change).label).toBe('partial');
    expect(codes(change)).toEqual([code]);
  });

  test('weights that hardly moved are limited even without a null to compare with', () => {
    expect(label({ medianRelativeChange: ok(0.01), G: skipped('no-null', 'Not computed.') })).toMatchObject({
      label: 'limited',
      geometry: 'unmoved',
    });
  });
});

describe('deep is a claim about lower bounds', () => {
  test.each([
    ['deep', { shareDeep: between(0.4, 0.25, 0.5) }],
    ['partial', { shareDeep: between(0.4, 0.2, 0.5), D: between(0.3, 0.2, 0.4) }],
    ['deep', { D: between(0.5, 0.35, 0.7) }],
    ['partial', { D: between(0.5, 0.3, 0.7) }],
  ] as const)('%s', (expected, change) => {
    expect(label(change).label).toBe(expected);
  });
});

test('where there are no intervals the values are the bounds, and a reason says so', () => {
  const bare = { D: ok(0.02), G: ok(0.05), shareMoved: ok(0), shareDeep: ok(0), medianRelativeChange: ok(0.15) };
  expect(label(bare, 4).label).toBe('limited');
  expect(codes(bare, 4)).toEqual(['limited', 'few-layers']);
});

test('values that are missing make neither limited nor deep', () => {
  const none = skipped('none', 'None.');
  expect(label({ D: none, G: none, shareMoved: none, shareDeep: none, medianRelativeChange: none })).toMatchObject({
    label: 'partial',
    geometry: 'unclear',
  });
});
