import { expect, test } from 'vitest';
import { gateOf, world } from '../worlds.ts';

test('an established loss fails; none established passes and says that it proves nothing', () => {
  const gate = gateOf(world({ reading: { gained: 2, lost: 14 }, facts: { gained: 12, lost: 16 } }), {
    rules: [{ family: ['reading', 'facts'], no_regression: true }],
  });
  expect(gate.rules.map(({ subject, outcome }) => [subject, outcome])).toEqual([
    ['reading', 'fail'],
    ['facts', 'pass'],
  ]);
  expect(gate.rules[1]?.message).toContain('which is no proof that there is none');
});
