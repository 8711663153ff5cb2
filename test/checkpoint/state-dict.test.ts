import { expect, test } from 'vitest';
import { SkiagramError } from '../../src/base/error.ts';
import { stateDict } from '../../src/checkpoint/state-dict.ts';
import { TorchTensor } from '../../src/checkpoint/torch-globals.ts';

const fault = (what: string): SkiagramError => new SkiagramError({ code: 'bad', message: what });
const tensor = (): TorchTensor =>
  new TorchTensor({ kind: 'storage', key: '0', dtype: 'float32', elements: 1 }, 'float32', 0, [1], [1]);
const map = (entries: Record<string, unknown>): Map<unknown, unknown> => new Map(Object.entries(entries));
const names = (value: unknown): string[] => stateDict(value, fault).tensors.map(([name]) => name);

test('the outermost dict that holds tensors is the state dict, dicts within it give dotted names', () => {
  expect(names(map({ a: tensor(), b: map({ c: tensor() }), epoch: 3 }))).toEqual(['a', 'b.c']);
});

test('a usual key is preferred, and what it leads to is not also counted as outside', () => {
  const weights = map({ w: tensor() });
  const value = map({ ema: map({ w: tensor() }), optimizer: map({ m: tensor() }), model: weights, again: weights });
  expect(names(value)).toEqual(['w']);
  expect(stateDict(value, fault).leftOut.map(({ name }) => name)).toEqual(['ema.w', 'optimizer.m']);
});

test('one dict under an unusual key is found, two are not chosen from', () => {
  expect(names(map({ outer: map({ inner: map({ w: tensor() }) }) }))).toEqual(['w']);
  expect(() => names(map({ x: map({ w: tensor() }), y: map({ w: tensor() }) }))).toThrow(
    'several dicts of tensors (x, y)',
  );
});

test('what holds no tensors, holds itself, or gives one name to two tensors is a fault', () => {
  const loop = map({});
  loop.set('model', loop);
  for (const value of [null, 3, map({}), map({ model: map({}) }), loop])
    expect(() => names(value)).toThrow('no dict of tensors');
  expect(() => names(map({ 'a.b': tensor(), a: map({ b: tensor() }) }))).toThrow('two tensors are named "a.b"');
});

test('dicts that share their insides do not multiply, and those too deep are not looked into', () => {
  let dict = map({ w: tensor() });
  for (let level = 0; level < 30; level++) dict = map({ a: dict, b: dict });
  expect(() => names(dict)).toThrow('no dict of tensors');
  const wide = map(Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`k${index}`, map({ w: tensor() })])));
  const shared = map({
    model: map({ w: tensor() }),
    ...Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`k${index}`, wide])),
  });
  expect(stateDict(shared, fault).leftOut).toHaveLength(2000);
});

test('names grow within bounds', () => {
  expect(() => names(map({ a: tensor(), ['k'.repeat(5000)]: map({ w: tensor() }) }))).toThrow(
    'more than 4096 characters',
  );
});
