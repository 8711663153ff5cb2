import { expect, test } from 'vitest';
import { gateOf, world } from '../worlds.ts';

test('the score itself, in points, with its interval', () => {
  const rules = [40, 48, 60].map((min) => ({ task: 'reading_1', min }));
  const gate = gateOf(world({}), { rules });
  expect(gate.rules.map(({ outcome }) => outcome)).toEqual(['pass', 'inconclusive', 'fail']);
  // Wilson for 200 of 400: 45.1 to 54.9.
  expect(gate.rules[0]).toMatchObject({
    kind: 'task-score',
    measured: { value: 50, interval: { low: expect.closeTo(45.1, 1) } },
  });
});
