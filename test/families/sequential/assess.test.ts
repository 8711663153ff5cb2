import { expect, test } from 'vitest';
import type { Family } from '../../../src/families/family.ts';
import { assess, isOpen, type SequentialRule } from '../../../src/families/sequential/assess.ts';
import type { FamilyAnswers } from '../../../src/families/sequential/family-evidence.ts';
import { gateState } from '../../../src/families/sequential/gate-state.ts';
import { logitBounds } from '../../../src/families/sequential/logit-bounds.ts';
import { ConfidenceSequence } from '../../../src/scores/sequential/confidence-sequence.ts';
import { familyOrder } from '../../../src/scores/sequential/item-order.ts';

const rule: SequentialRule = {
  alpha: 0.05,
  margin: 2,
  contrastMargin: 5,
  decide: ['gate', 'axis'],
  seed: 1,
  blocks: [100],
};

/** A family of two tasks of 200 items; the first `won` of each are gained, `kept` more are right on both sides. */
function answers(id: string, won: number, rounds: number, chance: number | null = 0, lost = 0): FamilyAnswers {
  const tasks = ['a', 'b'].map((task) => `${id}_${task}`);
  const family: Family = {
    id,
    title: id,
    side: 'other',
    tasks: tasks.map((task) => ({ id: task, metric: 'acc', filter: 'none', chance, max: 1, source: '' })),
  };
  const side = (right: (item: number) => boolean): Map<string, Map<number, number>> =>
    new Map(
      tasks.map((task) => [
        task,
        new Map(Array.from({ length: 200 }, (_, item) => [item, right(item) ? 1 : 0] as const)),
      ]),
    );
  const order = familyOrder(
    1,
    id,
    tasks.map((task) => ({ task, size: 200 })),
  );
  const kept = (item: number): boolean => item >= 120;
  return {
    family,
    order,
    rounds,
    base: side((item) => kept(item) || item < lost),
    subject: side((item) => kept(item) || (item >= lost && item < lost + won)),
    stopped: 'running',
  };
}
const axis = { declared: true, targeted: ['up'], coverage: ['flat'] };

/** A sequence of whole-point changes over 200 items: `won` gained and `lost` lost, the rest unchanged, well mixed. */
function sequence(won: number, lost: number, rounds: number): ConfidenceSequence {
  const made = new ConfidenceSequence({ from: -1, to: 1 }, 200);
  // 77 and 200 share no factor, so this visits every item once.
  for (let round = 0; round < rounds; round++) {
    const item = (round * 77) % 200;
    made.add([item < won ? 1 : item < won + lost ? -1 : 0]);
  }
  return made;
}

test('the gate reads a sequence: above −margin, below it, exactly on it, or open', () => {
  expect(gateState(sequence(0, 0, 0), 2, 0.95)).toBe('open');
  expect(gateState(sequence(60, 0, 100), 2, 0.95)).toBe('non-inferior');
  expect(gateState(sequence(0, 60, 100), 2, 0.95)).toBe('regressed');
  expect(gateState(sequence(20, 24, 100), 2, 0.95)).toBe('open');
  expect(gateState(sequence(20, 24, 200), 2, 0.95)).toBe('at-margin');
  expect(gateState(sequence(20, 23, 200), 2, 0.95)).toBe('non-inferior');
  expect(gateState(sequence(20, 25, 200), 2, 0.95)).toBe('regressed');
});

test('a bound that bets have set exactly at the margin decides: that candidate itself is out', () => {
  const passes = Array.from({ length: 200 }, (_, rounds) => sequence(12, 0, rounds + 1)).find(
    (made) => 100 * made.bounds(0.95).low >= -2 - 1e-9,
  );
  if (!passes) throw new Error('the sequence never reached the margin');
  expect(100 * passes.bounds(0.95).low).toBeLessThan(-1.7);
  expect(passes.complete).toBe(false);
  expect(gateState(passes, 2, 0.95)).toBe('non-inferior');
  expect(gateState(sequence(12, 0, passes.rounds - 1), 2, 0.95)).toBe('open');
});

test('a large gain and a large contrast are decided early, and the family without change goes on', () => {
  const evidence = assess([answers('up', 100, 60), answers('flat', 0, 60)], axis, rule);
  const [up, flat] = evidence.families;
  expect(up?.gate).toBe('non-inferior');
  expect(up && up.qGain < 0.05 && up.qLoss > 0.5).toBe(true);
  expect(flat?.qChange).toBe(1);
  expect(evidence.axis?.state).toBe('targeted-ahead');
  expect(up && isOpen(up, evidence)).toBe(false);
});

test('a family whose gate is decided is still asked while the contrast it belongs to is open', () => {
  const evidence = assess([answers('up', 30, 60), answers('flat', 10, 60)], axis, rule);
  expect(evidence.axis?.state).toBe('open');
  const [up] = evidence.families;
  expect(up?.gate).toBe('non-inferior');
  expect(up && isOpen(up, evidence)).toBe(true);
  const gateOnly = assess([answers('up', 30, 60)], axis, { ...rule, decide: ['gate'] });
  expect(gateOnly.axis).toBeNull();
  expect(gateOnly.families[0] && isOpen(gateOnly.families[0], gateOnly)).toBe(false);
});

test('with all items answered everything is exact: the mean, the contrast and the chance-corrected gain', () => {
  const evidence = assess([answers('up', 30, 200, 0.25), answers('flat', 0, 200, 0.25, 10)], axis, rule);
  const [up, flat] = evidence.families;
  expect(up?.points).toMatchObject({ value: expect.closeTo(15, 9), interval: { low: expect.closeTo(15, 9) } });
  expect(up?.kappa).toMatchObject({ value: expect.closeTo(20, 9), interval: { high: expect.closeTo(20, 9) } });
  expect(flat?.gate).toBe('regressed');
  expect(evidence.axis?.S).toMatchObject({ value: expect.closeTo(20 + 5 / 0.75, 6) });
  expect(evidence.axis?.state).toBe('targeted-ahead');
});

test('without a chance level there is a gate and no contrast', () => {
  const evidence = assess([answers('up', 30, 60, null), answers('flat', 0, 60)], axis, rule);
  expect(evidence.families[0]?.kappa).toMatchObject({ status: 'skipped', code: 'chance-unknown' });
  expect(evidence.axis).toBeNull();
});

test('log-odds bounds hold every base score that is still possible', () => {
  const { low, high } = logitBounds({ low: 0.4, high: 0.6 }, { low: 0.05, high: 0.2 });
  for (const base of [0.4, 0.47, 0.6])
    for (const difference of [0.05, 0.1, 0.2]) {
      const gain = Math.log((base + difference) / (1 - base - difference)) - Math.log(base / (1 - base));
      expect(gain).toBeGreaterThanOrEqual(low - 1e-4);
      expect(gain).toBeLessThanOrEqual(high + 1e-4);
    }
});
