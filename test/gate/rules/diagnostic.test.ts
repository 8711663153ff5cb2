import { expect, test } from 'vitest';
import { ok } from '../../../src/base/measured.ts';
import { gateOf, world } from '../worlds.ts';

const measured = world({});
const [, subject] = measured.dossier.checkpoints;
if (subject)
  subject.model = { mean_alpha: ok(3, { interval: { low: 2.5, high: 3.5, level: 0.95, method: 'bootstrap' } }) };

test('an interval inside passes, one beyond fails, one over the limit is open unless the value is asked for', () => {
  const gate = gateOf(measured, {
    rules: [
      { diagnostic: 'mean_alpha', min: 2, max: 6 },
      { diagnostic: 'mean_alpha', min: 4 },
      { diagnostic: 'mean_alpha', max: 3.2 },
      { diagnostic: 'mean_alpha', max: 3.2, by: 'value' },
      { diagnostic: 'mean_alhpa', max: 3.2 },
    ],
  });
  expect(gate.rules.map(({ outcome }) => outcome)).toEqual(['pass', 'fail', 'inconclusive', 'pass', 'error']);
  expect(gate.rules[4]?.message).toContain('did you mean "mean_alpha"?');
});
