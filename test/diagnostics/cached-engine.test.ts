import { afterAll, expect, test } from 'vitest';
import { cachedEngine } from '../../src/diagnostics/cached-engine.ts';
import { portableEngine } from '../../src/spectrum/portable.ts';
import { tiny } from './checkpoints.ts';

const engine = portableEngine(1);
afterAll(() => engine.close());
const { tensors } = await tiny('base');
const [first, second] = [...tensors.values()].filter(({ name }) => name.includes('q_proj'));
if (!first || !second) throw new Error('The example has q_proj matrices.');

function caching(kept = new Map<string, Float64Array>()) {
  const cache = {
    get: async (key: string) => kept.get(key),
    set: async (key: string, values: Float64Array) => void kept.set(key, values),
  };
  return { kept, cached: cachedEngine(engine, cache, {}) };
}

test('keys name the kind, the engine and the content, so that equal bytes under another name are the same work', async () => {
  const { kept, cached } = caching();
  const own = await cached.spectrum(first);
  expect([...kept.keys()]).toEqual([`spectrum:portable@1:${first.sha256}-BF16-96x96`]);
  expect(await cached.spectrum({ ...first, name: 'elsewhere', file: 'elsewhere' })).toBe(own);
});

test('a kept value of the wrong length or with a NaN is computed anew', async () => {
  const { kept, cached } = caching();
  const right = await cached.spectrum(first);
  const [key = ''] = kept.keys();
  for (const wrong of [right.subarray(1), right.map((value, index) => (index === 3 ? Number.NaN : value))]) {
    kept.set(key, wrong);
    expect(await cached.spectrum(first)).toEqual(right);
    expect(kept.get(key)).toEqual(right);
  }
});

test('moments come back from the cache as they were, reference and subject not confused', async () => {
  const { kept, cached } = caching();
  const moments = await cached.moments(first, second);
  expect(await caching(kept).cached.moments(first, second)).toEqual(moments);
  expect((await cached.moments(second, first)).sumSubject).toBe(moments.sumReference);
  expect(kept.size).toBe(2);
});

test('nulls of another size or seed are other work', async () => {
  const { kept, cached } = caching();
  await cached.perturbed(first, 0.5, 1);
  await cached.perturbed(first, 0.5, 2);
  await cached.perturbed(first, 0.25, 1);
  await cached.perturbed(first, 0.5, 1);
  expect(kept.size).toBe(3);
});

test('differences, overlaps and median changes are kept under kinds of their own, ranks in the key', async () => {
  const { kept, cached } = caching();
  const difference = await cached.difference(first, second);
  const overlap = await cached.overlap(first, second, [4, 16]);
  const median = await cached.medianChange(first, second);
  await cached.overlap(first, second, [4]);
  const content = `${first.sha256}-BF16-96x96:${second.sha256}-BF16-96x96`;
  expect([...kept.keys()]).toEqual([
    `difference:portable@1:${content}`,
    `overlap:portable@1:${content}:4-16`,
    `median:portable@1:${content}`,
    `overlap:portable@1:${content}:4`,
  ]);
  const again = caching(kept).cached;
  expect(await again.difference(first, second)).toBe(difference);
  expect(await again.overlap(first, second, [4, 16])).toBe(overlap);
  expect(await again.medianChange(first, second)).toBe(median);
});

test('views of the same bytes, other scales and other updates are other work', async () => {
  const { kept, cached } = caching();
  const asked: string[] = [];
  const recording = cachedEngine(
    {
      ...engine,
      spectrum: async (tensor) => {
        asked.push(JSON.stringify(tensor));
        return engine.spectrum(first);
      },
    },
    { get: async (key) => kept.get(key), set: async (key, values) => void kept.set(key, values) },
    {},
  );
  const view = (offset: number) => ({ offset, rows: [{ size: 96, stride: 96 }], cols: [{ size: 96, stride: 1 }] });
  const scaled = (blockRows: number) => ({ scale: second, blockRows, blockCols: 1 });
  const update = (factor: number) => [{ a: first, b: second, factor }];
  const uses = [
    first,
    { ...first, view: view(0) },
    { ...first, view: view(96) },
    { ...first, scaled: scaled(1) },
    { ...first, scaled: scaled(2) },
    { ...first, updates: update(1) },
    { ...first, updates: update(2) },
  ];
  for (const tensor of uses) await recording.spectrum(tensor);
  for (const tensor of uses) await cached.spectrum(tensor);
  expect([asked.length, kept.size]).toEqual([7, 7]);
});

test('equal weights asked for at the same time are computed once', async () => {
  let computed = 0;
  const counting = cachedEngine(
    {
      ...engine,
      spectrum: (tensor) => {
        computed += 1;
        return engine.spectrum(tensor);
      },
    },
    undefined,
    {},
  );
  const [one, other] = await Promise.all([counting.spectrum(first), counting.spectrum({ ...first, name: 'tied' })]);
  expect(other).toEqual(one);
  expect(computed).toBe(1);
});

test('parts of one stored tensor, and the same bytes with a scale or an update, are different work', async () => {
  const { kept, cached } = caching();
  const half = (offset: number) => ({
    ...first,
    shape: [48, 96],
    view: { offset, rows: [{ size: 48, stride: 96 }], cols: [{ size: 96, stride: 1 }] },
  });
  const factor = { ...second, shape: [96, 96] };
  await cached.spectrum(half(0));
  await cached.spectrum(half(48 * 96));
  await cached.spectrum(first);
  await cached.spectrum({ ...first, updates: [{ a: factor, b: factor, factor: 1 }] });
  await cached.spectrum({ ...first, updates: [{ a: factor, b: factor, factor: 2 }] });
  await cached.spectrum({ ...first, scaled: { scale: factor, blockRows: 1, blockCols: 1 } });
  expect(kept.size).toBe(6);
  expect(new Set([...kept.values()].map((values) => values.at(-1))).size).toBe(6);
});
