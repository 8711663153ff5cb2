import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { randomStream } from '../../src/base/random.ts';
import { familyChange } from '../../src/gate/family-change.ts';
import { neededItems } from '../../src/gate/needed-items.ts';
import { tailProbability } from '../../src/gate/tail-probability.ts';
import { taskBounds } from '../../src/gate/task-bounds.ts';
import { type TaskDifference, taskDifference } from '../../src/gate/task-difference.ts';
import { taskGain } from '../../src/scores/gain.ts';
import { answers } from './worlds.ts';

const scale = { metric: 'acc', filter: 'none', chance: 0.25, max: 1 };

/** A task of real answers; the chance level must not matter to raw points. */
function difference(gained: number, lost: number, n: number): TaskDifference {
  const { base, subject } = answers('task', { gained, lost }, n);
  const gain = taskGain(base, subject, scale);
  const found = 'refused' in gain ? undefined : taskDifference(gain, scale);
  if (!found) throw new Error('no gain');
  return found;
}

const family = (tasks: readonly TaskDifference[]) => ({ family: 'f', title: 'F', tasks, refused: [] });
const counts = (list: readonly (readonly [number, number, number])[]): TaskDifference[] =>
  list.map((entry) => difference(...entry));

interface Reference {
  tango: { gained: number; lost: number; n: number; confidence: number; bounds: [number, number] }[];
  newcombe: { before: number; after: number; n: number; confidence: number; bounds: [number, number] }[];
  t: { tasks: [number, number, number][]; confidence: number; bounds: [number, number] }[];
  mover: { tasks: [number, number, number][]; confidence: number; bounds: [number, number] }[];
}
const reference = JSON.parse(readFileSync(new URL('reference.json', import.meta.url), 'utf8')) as Reference;

describe('bounds of one task equal those of scipy', () => {
  test.each(reference.tango)(
    '$gained right and $lost wrong of $n: Tango',
    ({ gained, lost, n, confidence, bounds }) => {
      const found = taskBounds(difference(gained, lost, n), confidence);
      expect(found.method).toBe('paired score (Tango)');
      expect([found.low, found.high]).toEqual([expect.closeTo(bounds[0], 4), expect.closeTo(bounds[1], 4)]);
    },
  );

  test.each(reference.newcombe)(
    'totals $before and $after of $n: Newcombe',
    ({ before, after, n, confidence, bounds }) => {
      const found = taskBounds(
        {
          ...{ task: 't', n, clusters: n, delta: 100 * (after - before), se: 1, df: Number.POSITIVE_INFINITY },
          ...{ kind: 'unpaired-binomial', flat: false, shares: { before, after } },
        },
        confidence,
      );
      expect([found.low, found.high]).toEqual([expect.closeTo(bounds[0], 6), expect.closeTo(bounds[1], 6)]);
    },
  );

  test('nothing changed: the rule of three, never an error of 0', () => {
    const found = taskBounds(difference(0, 0, 300), 0.95);
    expect(found.low).toBeCloseTo((100 * Math.log(0.05)) / 300, 12); // −2.996/300
    expect(found.high).toBe(-found.low);
  });

  test('every item rose: no variance either, and no rise above the scale', () => {
    const all: TaskDifference = {
      ...{ task: 't', n: 40, clusters: 40, delta: 100, se: 3.8, df: Number.POSITIVE_INFINITY },
      ...{ kind: 'paired-clustered', flat: true },
    };
    expect(taskBounds(all, 0.95)).toMatchObject({ high: 100, low: expect.closeTo(100 - 7.4893, 3) });
  });

  test('few clusters: Student t on their degrees of freedom', () => {
    const clustered: TaskDifference = {
      ...{ task: 't', n: 100, clusters: 5, delta: -1, se: 1, df: 4 },
      ...{ kind: 'paired-clustered', flat: false },
    };
    expect(taskBounds(clustered, 0.95).low).toBeCloseTo(-1 - 2.131846786326649, 9); // scipy.stats.t.ppf(.95, 4)
  });
});

describe('bounds of a family', () => {
  test.each(reference.t)('$tasks: t with the degrees of freedom of scipy', ({ tasks, confidence, bounds }) => {
    const change = familyChange(family(counts(tasks)), confidence);
    expect([change?.low, change?.high]).toEqual([expect.closeTo(bounds[0], 6), expect.closeTo(bounds[1], 6)]);
  });

  test.each(reference.mover)('$tasks: joined as Zou & Donner join them', ({ tasks, confidence, bounds }) => {
    const change = familyChange(family(counts(tasks)), confidence);
    expect([change?.low, change?.high]).toEqual([expect.closeTo(bounds[0], 4), expect.closeTo(bounds[1], 4)]);
  });

  test('no task: no change', () => {
    expect(familyChange(family([]), 0.95)).toBeUndefined();
  });

  test('p and bounds say the same: at confidence 1 − p the bound is on the threshold', () => {
    for (const tasks of [
      [[30, 12, 200]],
      [[9, 2, 200]],
      [
        [9, 2, 200],
        [0, 0, 100],
      ],
    ] as [number, number, number][][]) {
      const own = family(counts(tasks));
      const p = tailProbability(own, 'above') ?? Number.NaN;
      expect(familyChange(own, 1 - p)?.low).toBeCloseTo(0, 4);
      expect(tailProbability(own, 'below')).toBe(1);
    }
  });

  test('a pass at the margin itself happens in no more than 5 % of worlds', () => {
    // A true loss of exactly the margin, in worlds with few, more and many discordant items; 600 worlds each.
    const random = randomStream(11);
    for (const [tasks, n, gain, loss] of [
      [1, 200, 0.01, 0.03],
      [4, 100, 0, 0.02],
      [4, 300, 0.1, 0.12],
    ] as const) {
      let passed = 0;
      for (let draw = 0; draw < 600; draw++) {
        const own = Array.from({ length: tasks }, () => {
          let [gained, lost] = [0, 0];
          for (let item = 0; item < n; item++) {
            const u = random.uniform();
            if (u < loss) lost++;
            else if (u < loss + gain) gained++;
          }
          return fromCounts(gained, lost, n);
        });
        if ((familyChange(family(own), 0.95)?.low ?? -100) > -2) passed++;
      }
      // Two binomial errors of 600 draws at 5 % are 1.8 points.
      expect(passed / 600, `${tasks} tasks of ${n}`).toBeLessThan(0.068);
    }
  });
});

/** The same as `difference` without building items. */
function fromCounts(gained: number, lost: number, n: number): TaskDifference {
  const delta = (gained - lost) / n;
  const variance = ((gained + lost) / n - delta ** 2) / (n - 1);
  const flat = gained + lost === 0;
  return {
    ...{ task: 't', n, clusters: n, delta: 100 * delta, se: 100 * Math.sqrt(variance), kind: 'paired-clustered', flat },
    ...{ df: flat ? Number.POSITIVE_INFINITY : n - 1, changed: { gained, lost } },
  };
}

describe('items that would settle it', () => {
  const change = { low: -2.5, high: 1.5, n: 500, method: 'x', fromSe: true };

  test('the formula of METHOD § 7.1, with s_d from the bounds', () => {
    const sd = (2 / 1.6448536269514722) * Math.sqrt(500);
    const byHand = (((1.6448536269514722 + 0.8416212335729143) * sd) / (2 - 0.5)) ** 2;
    expect(neededItems({ ...change, delta: -0.5 }, -2, 0.95)).toBe(Math.ceil(byHand));
  });

  test('a change on the threshold is settled by none', () => {
    expect(neededItems({ ...change, delta: -2 }, -2, 0.95)).toBeUndefined();
  });

  test('where nothing changed, three over the margin', () => {
    const flat = familyChange(family(counts([[0, 0, 100]])), 0.95);
    expect(flat && neededItems(flat, -2, 0.95)).toBe(150);
  });
});
