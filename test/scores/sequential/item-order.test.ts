import { expect, test } from 'vitest';
import { defaultBlocks, lookRounds } from '../../../src/scores/sequential/block-schedule.ts';
import { familyOrder, itemAt, itemName, itemsIn } from '../../../src/scores/sequential/item-order.ts';
import { stratifiedMean } from '../../../src/scores/sequential/stratified-mean.ts';

const sizes = [
  { task: 'b', size: 100 },
  { task: 'a', size: 250 },
  { task: 'c', size: 101 },
];

test('every item comes once, every task ends with the last round, and groups differ by one item at most', () => {
  const order = familyOrder(3, 'f', sizes);
  expect(order.rounds).toBe(100);
  expect(order.tasks.map(({ task }) => task)).toEqual(['a', 'b', 'c']);
  for (const { size, groups } of order.tasks) {
    expect(groups).toHaveLength(100);
    expect(groups.flat().sort((one, two) => one - two)).toEqual(Array.from({ length: size }, (_, index) => index));
    const lengths = new Set(groups.map((group) => group.length));
    expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
  }
  expect(itemsIn(order, 100)).toBe(451);
});

test('the order is fixed by seed and names, not by how tasks are listed; another seed is another order', () => {
  const order = familyOrder(3, 'f', sizes);
  expect(familyOrder(3, 'f', [...sizes].reverse())).toEqual(order);
  expect(familyOrder(4, 'f', sizes)).not.toEqual(order);
  expect(familyOrder(3, 'g', sizes)).not.toEqual(order);
});

test('any item is as likely to come first as any other', () => {
  const counts = new Array<number>(10).fill(0);
  for (let seed = 0; seed < 5_000; seed++) {
    const first = familyOrder(seed, 'f', [{ task: 't', size: 10 }]).tasks[0]?.groups[0]?.[0] ?? 0;
    counts[first] = (counts[first] ?? 0) + 1;
  }
  // Chi-squared with 9 degrees of freedom: 27.9 is its 0.999 quantile.
  expect(counts.reduce((sum, count) => sum + (count - 500) ** 2 / 500, 0)).toBeLessThan(27.9);
});

test('looks hold the items of each block, grow on after the last one named, and end with the last round', () => {
  const equal = familyOrder(
    1,
    'f',
    ['a', 'b', 'c', 'd'].map((task) => ({ task, size: 200 })),
  );
  expect(lookRounds(equal, defaultBlocks)).toEqual([25, 38, 50, 63, 75, 88, 100, 125, 150, 200]);
  expect(lookRounds(equal, defaultBlocks, 0.3)).toEqual([25, 38, 50, 60]);
  const large = lookRounds(familyOrder(1, 'f', [{ task: 'a', size: 5_000 }]), defaultBlocks);
  expect(large).toEqual([100, 150, 200, 250, 300, 350, 400, 500, 600, 800, 1000, 1600, 2560, 4096, 5000]);
  expect(lookRounds(familyOrder(1, 'f', [{ task: 'a', size: 30 }]), defaultBlocks)).toEqual([30]);
});

test('tasks of unequal size count equally: after the last round the mean is the mean of the tasks’ means', () => {
  const order = familyOrder(9, 'f', sizes);
  const share = { a: 0.5, b: -0.2, c: 0.1 } as Record<string, number>;
  const values = new Map(
    order.tasks.map(({ task, size }) => {
      const won = Math.round(Math.abs(share[task] ?? 0) * size);
      return [
        task,
        new Map(
          Array.from({ length: size }, (_, item) => [item, item < won ? Math.sign(share[task] ?? 0) : 0] as const),
        ),
      ];
    }),
  );
  const exact = (125 / 250 - 20 / 100 + 10 / 101) / 3;
  const { low, high } = stratifiedMean(order, values, 100, { range: [-1, 1], factor: () => 1 }).bounds(0.95);
  expect([low, high]).toEqual([expect.closeTo(exact, 9), expect.closeTo(exact, 9)]);
  const early = stratifiedMean(order, values, 30, { range: [-1, 1], factor: () => 1 }).bounds(0.95);
  expect(early.low).toBeLessThan(exact);
  expect(early.high).toBeGreaterThan(exact);
});

test('an item without an answer is never taken for a zero', () => {
  const order = familyOrder(9, 'f', [{ task: 'a', size: 10 }]);
  expect(() => stratifiedMean(order, new Map(), 1, { range: [-1, 1], factor: () => 1 })).toThrow('was not answered');
});

test('items of a pool are those of its parts, each once, whatever the order of the parts', () => {
  const parts = [
    { part: 'b', size: 3 },
    { part: 'a', size: 5 },
  ];
  const [one, two] = [parts, [...parts].reverse()].map(
    (given) => familyOrder(2, 'f', [{ task: 'pool', size: 8, parts: given }]).tasks[0],
  );
  if (!one || !two) throw new Error('no task');
  expect(one).toEqual(two);
  const names = one.groups.flat().map((item) => itemName(one, item));
  expect([...names].sort()).toEqual(['a/0', 'a/1', 'a/2', 'a/3', 'a/4', 'b/0', 'b/1', 'b/2']);
  expect(itemAt(one, 5)).toEqual({ task: 'b', index: 0 });
  expect(itemName({ task: 't', size: 9 }, 5)).toBe(5);
});
