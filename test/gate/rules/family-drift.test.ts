import { expect, test } from 'vitest';
import type { Compared } from '../../../src/gate/candidate.ts';
import { taskDifference } from '../../../src/gate/task-difference.ts';
import { taskGain } from '../../../src/scores/gain.ts';
import { answers, gateOf, world } from '../worlds.ts';

const scale = { metric: 'acc', filter: 'none', chance: 0, max: 1 };
const lost = (items: number, role: string): Compared => {
  const { base, subject } = answers('reading_1', { gained: 0, lost: items });
  const gain = taskGain(base, subject, scale);
  const task = 'refused' in gain ? undefined : taskDifference(gain, scale);
  return {
    reference: { kind: 'run', checkpoint: 'sft', run: 'Release', role },
    families: [{ family: 'reading', title: 'Reading', tasks: task ? [task] : [], refused: [] }],
    notes: [],
  };
};

test('only the first run of the chain counts, and the others are named beside it', () => {
  const chain = [lost(40, 'approved baseline'), lost(4, 'last release')];
  const gate = gateOf(world({}), { rules: [{ family: 'reading', drift_within: 3 }] }, chain);
  expect(gate.rules).toHaveLength(1);
  expect(gate.rules[0]).toMatchObject({
    kind: 'family-drift',
    outcome: 'fail',
    measured: { value: expect.closeTo(-10, 9) },
  });
  expect(gate.rules[0]?.notes.join(' ')).toContain('Against last release "sft": −1.0 points.');
});

test('without a chain there is nothing to judge', () => {
  const [rule] = gateOf(world({}), { rules: [{ family: 'reading', drift_within: 3 }] }).rules;
  expect(rule).toMatchObject({ outcome: 'error' });
  expect(rule?.message).toContain('no baseline run was named');
});
