import { expect, test } from 'vitest';
import { recordedRow, type WrittenRow } from '../../src/diagnostics/recorded-row.ts';

const bases = new Map([
  ['base', undefined],
  ['sft', 'base'],
]);
const share: WrittenRow = {
  place: 'shares.csv, line 2',
  checkpoint: 'sft',
  base: null,
  group: null,
  role: null,
  depth: null,
  diagnostic: 'alpha_share',
  value: 78.6,
  k: 176,
  n: 224,
  source: 'Table 1',
};
const change: WrittenRow = {
  ...share,
  base: 'base',
  role: 'v',
  depth: 3,
  diagnostic: 'relative_change',
  value: 0.2,
  k: null,
  n: null,
};

test('a share and a value of a pair are taken; the group is the decoder where none is named', () => {
  expect(recordedRow(share, bases)).toMatchObject({ group: 'decoder', value: 78.6, k: 176 });
  expect(recordedRow(change, bases)).toMatchObject({ base: 'base', role: 'v', depth: 3 });
});

test.each<[string, WrittenRow, string | RegExp]>([
  ['an unknown diagnostic', { ...share, diagnostic: 'alpha_shar' }, 'Did you mean "alpha_share"?'],
  ['a diagnostic without a name', { ...share, diagnostic: null }, /^Known: /],
  ['a name of every object', { ...share, diagnostic: 'constructor' }, ''],
  ['another checkpoint', { ...share, checkpoint: 'stf' }, 'Did you mean "sft"?'],
  ['an unknown group', { ...share, group: 'decodr' }, 'Did you mean "decoder"?'],
  ['an unknown kind', { ...change, role: 'value' }, ''],
  ['no value', { ...share, value: null }, ''],
  ['k above n', { ...share, k: 225 }, ''],
  ['k without n', { ...share, n: null }, ''],
  ['a share that is not k of n', { ...share, k: 170 }, ''],
  ['a correlation above 1', { ...change, diagnostic: 'weight_correlation', value: 1.2 }, ''],
  ['a negative size', { ...change, value: -0.2 }, ''],
  ['another base', { ...change, base: 'other' }, ''],
  ['a pair value without a base', { ...change, base: null }, ''],
  ['a value of one checkpoint with a base', { ...share, base: 'base' }, ''],
  ['a matrix value without its place', { ...change, depth: null }, ''],
  ['a summary with a place', { ...share, role: 'v', depth: 1 }, ''],
  ['a value of a run', { ...share, diagnostic: 'change_variance_over_steps' }, ''],
  ['no source', { ...share, source: null }, ''],
])('%s is refused with its place', (_, row, hint) => {
  expect(() => recordedRow(row, bases)).toThrow(
    expect.objectContaining({
      code: 'recorded-invalid',
      message: expect.stringContaining('shares.csv, line 2'),
      hint: hint === '' ? expect.any(String) : typeof hint === 'string' ? hint : expect.stringMatching(hint),
    }),
  );
});
