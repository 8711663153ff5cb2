import { expect, test } from 'vitest';
import { mainReasons, sharedReasons } from '../../src/verdict/plain.ts';

test('reasons that every comparison has are shared; a single one shares with nobody', () => {
  expect(sharedReasons([{ because: ['one run', 'declared'] }, { because: ['declared', 'few layers'] }])).toEqual([
    'declared',
  ]);
  expect(sharedReasons([{ because: ['one run'] }, {}])).toEqual([]);
  expect(sharedReasons([{ because: ['one run'] }])).toEqual([]);
  expect(sharedReasons([])).toEqual([]);
});

test('what weakens comes before what limits, and that before what supports', () => {
  const codes = [
    { code: 'note', text: 'a note', direction: 'note' as const },
    { code: 'axis-declared', text: 'declared', direction: 'up' as const },
    { code: 'ceiling', text: 'ceiling', direction: 'down' as const },
    { code: 'unpaired', text: 'unpaired', direction: 'down' as const },
  ];
  expect(mainReasons(codes, new Set(['unpaired']))).toEqual(['unpaired', 'ceiling']);
  expect(mainReasons(codes.slice(0, 2), new Set())).toEqual(['declared', 'a note']);
});
