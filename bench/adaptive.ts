import { performance } from 'node:perf_hooks';
import { randomStream, shuffle } from '../src/base/random.ts';
import type { Family } from '../src/families/family.ts';
import { axisEvidence } from '../src/families/sequential/axis-evidence.ts';
import type { AxisEvidence } from '../src/families/sequential/evidence.ts';
import {
  type FamilyAnswers,
  type FamilySequences,
  familySequences,
} from '../src/families/sequential/family-evidence.ts';
import { gateState } from '../src/families/sequential/gate-state.ts';
import { defaultBlocks, lookRounds } from '../src/scores/sequential/block-schedule.ts';
import { ConfidenceSequence } from '../src/scores/sequential/confidence-sequence.ts';
import { discordantPairs } from '../src/scores/sequential/discordant-pairs.ts';
import { type FamilyOrder, familyOrder, itemsIn } from '../src/scores/sequential/item-order.ts';

/**
 * Operating characteristics of adaptive evaluation: `npm run simulate:adaptive [-- --quick] [-- --axis]`.
 *
 * Every population is finite and holds its effect exactly: the share of items won minus the share lost is the effect, and
 * their sum the discordance. One run draws the product's own order, looks after the product's own blocks and stops by
 * the product's own rule. A false stop is a stop before the last item with an answer that all items contradict; at an
 * effect of exactly −margin that is any stop.
 */
const quick = process.argv.includes('--quick');
const runs = quick ? 200 : 2_000;
const margin = 2;
const alpha = 0.05;

interface World {
  readonly tasks: readonly number[];
  /** Points and share. */
  readonly effect: number;
  readonly discordant: number;
}

const four = [250, 250, 250, 250];
const uneven = [400, 300, 200, 100];

const failures = [...gateTable(), ...(quick ? [] : axisTable())];
for (const failure of failures) console.error(`NOT MET: ${failure}`);
process.exitCode = failures.length > 0 ? 1 : 0;

function gateTable(): string[] {
  const effects = quick ? [-2, 0, 10] : [-10, -5, -2, 0, 2, 5, 8, 10, 15];
  const worlds: World[] = [
    ...[0.1, 0.25].flatMap((discordant) => effects.map((effect) => ({ tasks: four, effect, discordant }))),
    ...(quick ? [] : [-2, 10].map((effect) => ({ tasks: [1000], effect, discordant: 0.25 }))),
    ...(quick ? [] : [-2, 10].map((effect) => ({ tasks: uneven, effect, discordant: 0.25 }))),
  ];
  console.log(`\nGate at −${margin} points, α = ${alpha}, ${runs} runs a cell; naive = 1.96 z after the same blocks\n`);
  console.log(
    '| tasks | discordant | effect | not inferior early | regressed early | false stop | items used | power | coverage at every look | false change (e ≥ 20) | naive false stop |',
  );
  console.log(`|${' --- |'.repeat(11)}`);
  return worlds.flatMap((world, index) => gateCell(world, 1000 * (index + 1)));
}

function gateCell(world: World, seed: number): string[] {
  const start = performance.now();
  const count = { passed: 0, failed: 0, wrong: 0, used: 0, covered: 0, changed: 0, naive: 0 };
  for (let run = 0; run < runs; run++) {
    const order = orderOf(world.tasks, seed + run);
    const values = population(world, order, seed + run);
    const answer = oneGate(order, values, world.effect);
    if (answer.early && answer.state === 'non-inferior') count.passed++;
    if (answer.early && answer.state === 'regressed') count.failed++;
    const truth = against({ low: world.effect, high: world.effect });
    if (answer.early && answer.state !== truth) count.wrong++;
    if (answer.naive !== 'open' && answer.naive !== truth) count.naive++;
    count.used += answer.used;
    if (answer.covered) count.covered++;
    if (answer.changed && world.effect === 0) count.changed++;
  }
  const share = (value: number): string => (value / runs).toFixed(3);
  const sizes = new Set(world.tasks).size === 1 ? `${world.tasks.length} × ${world.tasks[0]}` : world.tasks.join(' + ');
  const discordance = Math.max(world.discordant, Math.abs(world.effect) / 100);
  console.log(
    `| ${sizes} | ${(100 * discordance).toFixed(0)} % | ${world.effect} | ${share(count.passed)} | ${share(count.failed)} | ${share(count.wrong)} | ${share(count.used)} | ${share(count.passed + count.failed - count.wrong)} | ${share(count.covered)} | ${world.effect === 0 ? share(count.changed) : '–'} | ${share(count.naive)} |`,
  );
  if (process.argv.includes('--times')) console.error(`${((performance.now() - start) / runs).toFixed(1)} ms a run`);
  const name = `${sizes}, effect ${world.effect}, discordance ${discordance}`;
  return [
    ...(count.wrong / runs > alpha ? [`false stops ${share(count.wrong)} (${name})`] : []),
    ...(count.covered / runs < 1 - alpha ? [`coverage ${share(count.covered)} (${name})`] : []),
    ...(Math.abs(world.effect) === 10 && count.used / runs > 0.3 ? [`items used ${share(count.used)} (${name})`] : []),
  ];
}

function oneGate(
  order: FamilyOrder,
  values: readonly (readonly number[])[],
  effect: number,
): { state: string; early: boolean; used: number; covered: boolean; changed: boolean; naive: string } {
  const looks = lookRounds(order, defaultBlocks);
  const reach = Math.max(
    ...order.tasks.map(({ size, groups }) => (order.rounds / size) * Math.max(...groups.map((group) => group.length))),
  );
  const sequence = new ConfidenceSequence({ from: -reach, to: reach }, order.rounds);
  const pairs = order.tasks.map(() => ({ won: 0, discordant: 0 }));
  let [state, used, covered, changed, naive] = ['open', 1, true, false, 'open'];
  let [sum, squares, items] = [0, 0, 0];
  for (let round = 0; round < order.rounds; round++) {
    sequence.add(
      order.tasks.map(({ groups, size }, task) => {
        let total = 0;
        for (const item of groups[round] ?? []) {
          const value = values[task]?.[item] ?? 0;
          total += value;
          sum += value;
          squares += value * value;
          items++;
          const pair = pairs[task];
          if (pair && value !== 0) {
            pair.discordant++;
            if (value > 0) pair.won++;
          }
        }
        return (total * order.rounds) / size;
      }),
    );
    const done = round + 1;
    if (pairs.reduce((all, { won, discordant }) => all + discordantPairs(won, discordant), 0) / pairs.length >= 20)
      changed = true;
    const last = done === order.rounds;
    if (!last && (done === order.rounds - 1 || looks.includes(done))) {
      const { low, high } = sequence.bounds(1 - alpha);
      if (100 * low > effect + 1e-9 || 100 * high < effect - 1e-9) covered = false;
    }
    if (!looks.includes(done) || last) continue;
    if (state === 'open') {
      state = gateState(sequence, margin, 1 - alpha);
      if (state !== 'open') used = itemsIn(order, done) / itemsIn(order, order.rounds);
    }
    if (naive === 'open') {
      const [mean, spread] = [sum / items, 1.96 * Math.sqrt((squares / items - (sum / items) ** 2) / items)];
      naive = against({ low: 100 * (mean - spread), high: 100 * (mean + spread) });
    }
  }
  return { state, early: state !== 'open', used, covered, changed, naive };
}

/** An interval in points against the margin; a true change without width says what is right. */
function against({ low, high }: { low: number; high: number }): string {
  if (low > -margin) return 'non-inferior';
  return high < -margin ? 'regressed' : 'open';
}

function axisTable(): string[] {
  console.log(`\nContrast of 3 targeted against 6 coverage families of 4 × 100 items, δ = 5 points, 25 % discordant\n`);
  console.log('| targeted | coverage | targeted ahead | not ahead early | false stop | items used |');
  console.log(`|${' --- |'.repeat(6)}`);
  const worlds = [
    [0, 0],
    [4, 4],
    [4, 0],
    [15, 0],
    [30, 0],
    [45, 0],
  ] as const;
  return worlds.flatMap(([targeted, coverage], index) => axisCell(targeted, coverage, 900_000 + 10_000 * index));
}

function axisCell(targeted: number, coverage: number, seed: number): string[] {
  const names = Array.from({ length: 9 }, (_, index) => `f${index}`);
  const axis = { declared: true, targeted: names.slice(0, 3), coverage: names.slice(3) };
  const rule = { alpha, contrastMargin: 5 };
  const count = { ahead: 0, notAhead: 0, wrong: 0, used: 0 };
  const truth = targeted - coverage >= 5 ? 'targeted-ahead' : 'not-ahead';
  for (let run = 0; run < runs; run++) {
    const families = names.map((name, index): FamilyAnswers => {
      const effect = index < 3 ? targeted : coverage;
      const order = orderOf([100, 100, 100, 100], seed + run, name);
      return answersOf(
        name,
        order,
        population({ tasks: [100, 100, 100, 100], effect, discordant: 0.25 }, order, seed + run * 9 + index),
      );
    });
    const looks = lookRounds(families[0]?.order ?? orderOf([1], 0), defaultBlocks);
    const sequences = new Map<string, FamilySequences>();
    let [state, used]: [AxisEvidence['state'] | undefined, number] = ['open', 1];
    for (const look of looks) {
      for (const family of families)
        sequences.set(family.family.id, familySequences({ ...family, rounds: look }, sequences.get(family.family.id)));
      state = axisEvidence(sequences, axis, rule)?.state;
      used = look / 100;
      if (state !== 'open') break;
    }
    const early = used < 1;
    if (state === 'targeted-ahead' && early) count.ahead++;
    if (state === 'not-ahead' && early) count.notAhead++;
    if (early && state !== truth) count.wrong++;
    count.used += used;
  }
  const share = (value: number): string => (value / runs).toFixed(3);
  console.log(
    `| ${targeted} | ${coverage} | ${share(count.ahead)} | ${share(count.notAhead)} | ${share(count.wrong)} | ${share(count.used)} |`,
  );
  return count.wrong / runs > alpha
    ? [`false stops of the contrast ${share(count.wrong)} (${targeted}, ${coverage})`]
    : [];
}

function orderOf(sizes: readonly number[], seed: number, family = 'f'): FamilyOrder {
  return familyOrder(
    seed,
    family,
    sizes.map((size, task) => ({ task: `t${task}`, size })),
  );
}

/** Items won, lost and kept, in any order, with exactly the effect as the mean of the tasks' means; tasks differ. */
function population({ tasks, effect, discordant }: World, order: FamilyOrder, seed: number): number[][] {
  const random = randomStream(seed * 7919 + 17);
  const room = Math.min(0.02, Math.max(0, discordant - Math.abs(effect) / 100) / 2);
  const values = order.tasks.map(({ size }, task) => {
    // Half of the tasks lie above the effect and half below, where discordance leaves room for it.
    const lean = tasks.length % 2 === 0 ? (task < tasks.length / 2 ? 1 : -1) : 0;
    const even = (effect / 100) * size;
    const net = (task % 2 === 0 ? Math.ceil(even - 1e-9) : Math.floor(even + 1e-9)) + lean * Math.round(room * size);
    const wanted = Math.max(Math.round(discordant * size), Math.abs(net));
    const changed = wanted + ((wanted + net) % 2 === 0 ? 0 : 1);
    const won = (changed + net) / 2;
    return shuffle(
      Array.from({ length: size }, (_, item) => (item < won ? 1 : item < changed ? -1 : 0)),
      random,
    );
  });
  const mean = values.reduce((sum, own) => sum + own.reduce<number>((all, value) => all + value, 0) / own.length, 0);
  if (Math.abs((100 * mean) / values.length - effect) > 1e-9)
    throw new Error(`The population missed its effect of ${effect}.`);
  return values;
}

function answersOf(name: string, order: FamilyOrder, values: readonly (readonly number[])[]): FamilyAnswers {
  const family: Family = {
    id: name,
    title: name,
    side: 'other',
    tasks: order.tasks.map(({ task }) => ({ id: task, metric: 'acc', filter: 'none', chance: 0, max: 1, source: '' })),
  };
  // A lost item was right before, a won one wrong; of the others every second was right.
  const answers = (won: number): Map<string, Map<number, number>> =>
    new Map(
      order.tasks.map(({ task }, index) => [
        task,
        new Map(
          (values[index] ?? []).map(
            (value, item) => [item, value === 0 ? item % 2 : value > 0 ? won : 1 - won] as const,
          ),
        ),
      ]),
    );
  return { family, order, rounds: 0, base: answers(0), subject: answers(1), stopped: 'running' };
}
