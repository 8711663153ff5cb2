import { expect, test } from 'vitest';
import type { TensorLocation } from '../../../src/checkpoint/checkpoint.ts';
import { defaultLimits, selectLayers } from '../../../src/diagnostics/weightwatcher/selection.ts';
import { reference } from '../../reference/reference-table.ts';

const tensor = (name: string, shape: readonly number[], file = 'model.safetensors'): TensorLocation => ({
  name,
  dtype: 'F32',
  shape,
  file,
  begin: 0,
  end: shape.reduce((a, b) => a * b, 4),
});

test('keeps 2-D and 4-D tensors whose key ends in .weight; every such key takes an id, others none', () => {
  const { layers, dropped } = selectLayers([
    tensor('b.weight', [20, 30]),
    tensor('a.norm.weight', [30]),
    tensor('a.bias', [30, 30]),
    tensor('fused.in_proj_weight', [30, 90]),
    tensor('c.weight', [16, 8, 3, 3]),
    tensor('conv1d.weight', [16, 8, 3]),
  ]);
  expect(layers.map(({ layer_id, name, layer_type }) => [layer_id, name, layer_type])).toEqual([
    [1, 'b', 'dense'],
    [2, 'c', 'conv2d'],
  ]);
  expect(dropped.map(({ name }) => name)).toEqual(['a.norm.weight', 'conv1d.weight']);
});

test('has the limits of 0.7.7, inclusive, on pooled eigenvalues, and 0 turns one off', () => {
  const kept = (shape: number[], limits = {}): number =>
    selectLayers([tensor('a.weight', shape)], { ...defaultLimits, ...limits }).layers.length;
  expect([kept([7, 90]), kept([8, 90]), kept([7, 90], { minEvals: 7 }), kept([2, 90], { minEvals: 0 })]).toEqual([
    0, 1, 1, 1,
  ]);
  expect([kept([16, 50_000]), kept([50_001, 16])]).toEqual([1, 0]);
  expect([kept([15_000, 15_000]), kept([15_001, 15_001]), kept([15_001, 15_001], { maxEvals: 0 })]).toEqual([1, 0, 1]);
  expect([kept([8, 1, 3, 3]), kept([64, 64, 16, 16]), kept([1, 50])]).toEqual([1, 0, 0]);
});

test('counts the sides of a convolution as WeightWatcher does, swapping them at each wide slice', () => {
  const sides = (shape: number[]): unknown => {
    const layer = selectLayers([tensor('a.weight', shape)]).layers[0];
    return layer && [layer.N, layer.M, layer.rf, layer.matrices.length];
  };
  expect(sides([64, 16, 3, 3])).toEqual([64, 16, 9, 9]);
  expect(sides([16, 64, 3, 3])).toEqual([64, 16, 9, 9]);
  expect(sides([16, 64, 2, 2])).toEqual([16, 64, 4, 4]);
  expect(sides([3, 4, 7, 7])).toEqual([3, 4, 49, 49]);
});

test('takes the slices of a convolution as views of its tensor, none of them wide', () => {
  const own = tensor('a.weight', [2, 5, 2, 3]);
  const slices = selectLayers([own]).layers[0]?.matrices ?? [];
  expect(slices).toHaveLength(6);
  // Entry (out, in, i, j) is stored at ((out·5 + in)·2 + i)·3 + j.
  expect(slices[4]).toEqual({
    ...own,
    shape: [5, 2],
    view: { offset: 4, rows: [{ size: 5, stride: 6 }], cols: [{ size: 2, stride: 30 }] },
  });
});

const names = ['h.1.b', 'h.0.a', 'z', 'c', 'm.10', 'm.9', 'k', 'e'];
const shards = names.map((name, at) =>
  tensor(`${name}.weight`, [10 + (at >> 1), 12], `model-0000${(at >> 1) + 1}-of-00004.safetensors`),
);

test('without an index, has the ids of WeightWatcher, which jump from the third file on', () => {
  const { layers } = selectLayers(shards);
  expect(layers.map(({ layer_id, name }) => [layer_id, name])).toEqual(reference.shards['without-index']);
});

test('with an index, has its order, file by file', () => {
  const { layers } = selectLayers(
    [...shards].reverse(),
    defaultLimits,
    new Map(shards.map(({ name, file }) => [name, file])),
  );
  expect(layers.map(({ layer_id, name }) => [layer_id, name])).toEqual(reference.shards['with-index']);
});
