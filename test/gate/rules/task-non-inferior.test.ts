import { expect, test } from 'vitest';
import { gateOf, world } from '../worlds.ts';

test('a task is judged on its own items, by Tango where few changed', () => {
  const gate = gateOf(world({ reading: { gained: 0, lost: 20 } }), {
    rules: [
      { task: 'reading_1', non_inferior_within: 2 },
      { task: 'reading_1', non_inferior_within: 10 },
      { task: 'reading_?', non_inferior_within: 10 },
    ],
  });
  expect(gate.rules.map(({ outcome }) => outcome)).toEqual(['fail', 'pass', 'error']);
  expect(gate.rules[0]).toMatchObject({
    kind: 'task-non-inferior',
    n: 400,
    measured: { value: expect.closeTo(-5, 9) },
  });
  expect(gate.rules[0]?.notes.join()).toContain('paired score (Tango)');
});
