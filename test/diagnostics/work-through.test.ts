import { expect, test } from 'vitest';
import type { MatrixInfo } from '../../src/checkpoint/checkpoint.ts';
import { CacheFailure } from '../../src/diagnostics/cached-engine.ts';
import { workThrough } from '../../src/diagnostics/work-through.ts';

const items = [8, 64, 16, 32].map((side) => ({
  matrix: {
    name: String(side),
    role: 'q',
    depth: 0,
    group: 'decoder',
    rows: side,
    cols: side,
    dtype: 'F32',
    pooled: true,
  } satisfies MatrixInfo,
}));
type Item = (typeof items)[number];
const nameOf = async ({ matrix }: Item): Promise<string> => matrix.name;
const failed = ({ matrix }: Item, error: unknown): string => `${matrix.name}: ${error}`;

test('results are in the order given, whatever the order of work', async () => {
  expect(await workThrough(items, { jobs: 3 }, nameOf, failed)).toEqual(['8', '64', '16', '32']);
});

test('what throws becomes its own result', async () => {
  const measure = async (item: Item): Promise<string> =>
    item.matrix.rows === 16 ? Promise.reject('broken') : nameOf(item);
  expect(await workThrough(items, {}, measure, failed)).toEqual(['8', '64', '16: broken', '32']);
});

test('no more than the given number of jobs runs at once', async () => {
  let running = 0;
  let most = 0;
  await workThrough(
    items,
    { jobs: 2 },
    async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
    },
    () => undefined,
  );
  expect(most).toBe(2);
});

test('a failing cache starts nothing more and ends with the error of the cache', async () => {
  const started: string[] = [];
  const measure = async ({ matrix }: Item): Promise<string> => {
    started.push(matrix.name);
    throw new CacheFailure('cache', { cause: new Error('disk full') });
  };
  await expect(workThrough(items, { jobs: 1 }, measure, failed)).rejects.toThrow('disk full');
  expect(started).toEqual(['64']);
});

test('an abort waits for what is in flight and starts nothing more', async () => {
  const stop = new AbortController();
  const ended: string[] = [];
  const measure = async ({ matrix }: Item): Promise<void> => {
    setTimeout(() => stop.abort(new Error('stop')));
    await new Promise((resolve) => setTimeout(resolve, 5));
    ended.push(matrix.name);
  };
  await expect(workThrough(items, { jobs: 2, signal: stop.signal }, measure, () => undefined)).rejects.toThrow('stop');
  expect(ended).toEqual(['64', '32']);
});
