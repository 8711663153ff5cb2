import { expect, test } from 'vitest';
import { gateOf, world } from '../worlds.ts';

test('of many improvements asked for each must hold after Holm; one asked for alone needs no correction', () => {
  // Reading gained 1.5 points: 24 of 1600 items, the others nothing at all with as many items changing.
  const still = { gained: 10, lost: 10 };
  const slight = world({
    reading: { gained: 13, lost: 8 },
    puzzles: still,
    sums: still,
    facts: still,
    logic: still,
    codes: still,
  });
  const alone = gateOf(slight, { rules: [{ family: 'reading', improved_by: 0 }] });
  const among = gateOf(slight, { rules: [{ family: '*', improved_by: 0 }] });
  expect(alone.rules[0]?.outcome).toBe('pass');
  expect(among.rules.find(({ subject }) => subject === 'reading')?.outcome).toBe('inconclusive');
});

test('a rise that is excluded fails', () => {
  const gate = gateOf(world({ reading: { gained: 10, lost: 50 } }), { rules: [{ family: 'reading', improved_by: 3 }] });
  expect(gate.rules[0]).toMatchObject({ kind: 'family-improved', outcome: 'fail', margin: 3 });
  expect(gate.rules[0]?.message).toContain('a rise of 3 points is excluded');
});
