import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { deviceSlots } from '../../src/pipeline/device-slots.ts';

/** Runs jobs and returns, per device, the most that ran at once, and the most in all. */
async function load(
  jobs: readonly (readonly string[])[],
): Promise<{ each: Record<string, number>; all: number; order: number[] }> {
  const slots = deviceSlots();
  const running = new Map<string, number>();
  const [each, order]: [Record<string, number>, number[]] = [{}, []];
  let [now, all] = [0, 0];
  await Promise.all(
    jobs.map((devices, index) =>
      slots.on(devices, async (device) => {
        order.push(index);
        running.set(device, (running.get(device) ?? 0) + 1);
        each[device] = Math.max(each[device] ?? 0, running.get(device) ?? 0);
        all = Math.max(all, ++now);
        await sleep(5);
        now--;
        running.set(device, (running.get(device) ?? 0) - 1);
      }),
    ),
  );
  return { each, all, order };
}

it('Jobs on one device run one after another, in the order of asking.', async () => {
  expect(await load([['cpu'], ['cpu'], ['cpu'], ['cpu']])).toEqual({ each: { cpu: 1 }, all: 1, order: [0, 1, 2, 3] });
});

it('Jobs over two devices run two at a time, and never two on one.', async () => {
  const both = ['cuda:0', 'cuda:1'];
  const { each, all, order } = await load([both, both, both, both, both]);
  expect(each).toEqual({ 'cuda:0': 1, 'cuda:1': 1 });
  expect([all, order]).toEqual([2, [0, 1, 2, 3, 4]]);
});

it('A job for a free device passes those that wait for a busy one.', async () => {
  const { order, all } = await load([['cuda:0'], ['cuda:0'], ['cuda:1']]);
  expect([order, all]).toEqual([[0, 2, 1], 2]);
});

it('`cuda` is the first GPU, and a job that fails gives its device back.', async () => {
  const slots = deviceSlots();
  const failed = slots.on(['cuda'], async () => {
    await sleep(5);
    throw new Error('no');
  });
  const next = slots.on(['cuda:0'], async (device) => device);
  await expect(failed).rejects.toThrow('no');
  expect(await next).toBe('cuda:0');
});

it('Preparations run one after another in the order of asking, also after one that failed.', async () => {
  const slots = deviceSlots();
  const order: string[] = [];
  const prepared = (name: string, ms: number): Promise<void> =>
    slots.inTurn(async () => {
      await sleep(ms);
      order.push(name);
      if (name === 'b') throw new Error('no');
    });
  await Promise.allSettled([prepared('a', 10), prepared('b', 5), prepared('c', 1)]);
  expect(order).toEqual(['a', 'b', 'c']);
});
