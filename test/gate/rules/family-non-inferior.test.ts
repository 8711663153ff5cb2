import { expect, test } from 'vitest';
import { gateOf, world } from '../worlds.ts';

const lossy = world({ reading: { gained: 2, lost: 14 }, facts: { gained: 12, lost: 16 } });

test('three points lost of a family: outside a margin of 2, inside one of 4; one point lost with scatter is open', () => {
  const gate = gateOf(lossy, {
    rules: [
      { family: 'reading', non_inferior_within: 2 },
      { family: 'reading', non_inferior_within: 4 },
      { family: 'facts', non_inferior_within: 2 },
    ],
  });
  expect(gate.rules.map(({ outcome }) => outcome)).toEqual(['fail', 'pass', 'inconclusive']);
  expect(gate.rules[0]).toMatchObject({ kind: 'family-non-inferior', margin: -2, subject: 'reading', n: 1600 });
  expect(gate.rules[0]?.message).toMatch(
    /^reading against base "base": −3\.0 points \[.*\], lower by more than 2 points\.$/i,
  );
});
