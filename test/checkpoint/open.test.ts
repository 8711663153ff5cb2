import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { problemsOf } from '../../src/base/validate.ts';
import { CheckpointArtifact } from '../../src/checkpoint/checkpoint.ts';
import { openCheckpoint } from '../../src/checkpoint/open.ts';
import { indexName } from '../../src/checkpoint/shards.ts';
import { f32, folderOf, safetensors } from './write-safetensors.ts';

const a = f32([2, 3], [1, 2, 3, 4, 5, 6]);

describe('the example checkpoint', async () => {
  const path = fileURLToPath(new URL('../../examples/tiny/checkpoints/base', import.meta.url));
  const { tensors, stored, config, local: _local, ...artifact } = await openCheckpoint(path);

  test('is a Llama of eight layers whose artifact keeps its schema', () => {
    expect(problemsOf(CheckpointArtifact, artifact)).toEqual([]);
    expect(artifact).toMatchObject({ architecture: 'LlamaForCausalLM', format: 'safetensors', dtypes: { BF16: 75 } });
    expect(config.num_hidden_layers).toBe(8);
    expect(artifact.bytes).toBe(artifact.parameters * 2);
  });

  test('has 56 pooled matrices, 8 layers of 7, and every tensor is a matrix or left out', () => {
    const pooled = artifact.matrices.filter((matrix) => matrix.pooled);
    expect(pooled).toHaveLength(56);
    const left = artifact.leftOut.reduce((sum, { count }) => sum + count, 0);
    expect(artifact.matrices.length + left).toBe(stored.length);
    expect(tensors.size).toBe(stored.length);
  });
});

test('a config.json that is absent is no matter, one that is corrupt is named', async () => {
  const bare = await openCheckpoint(await folderOf({ 'm.safetensors': safetensors({ a }) }));
  expect(bare).toMatchObject({ architecture: null, config: {} });
  const folder = await folderOf({ 'm.safetensors': safetensors({ a }), 'config.json': '{"architectures": [' });
  await expect(openCheckpoint(folder)).rejects.toMatchObject({
    code: 'config-corrupt',
    message: expect.stringContaining('config.json'),
  });
});

describe('an index and shards that disagree are refused', () => {
  const shards = { 'x.safetensors': safetensors({ a }), 'y.safetensors': safetensors({ b: a }) };
  test.each<[string, Record<string, string>, string]>([
    ['a tensor in another shard', { a: 'y.safetensors', b: 'x.safetensors' }, 'but it is in'],
    [
      'a tensor that no shard has',
      { a: 'x.safetensors', b: 'y.safetensors', c: 'y.safetensors' },
      'places tensor "c" in y.safetensors',
    ],
    ['a tensor that the index lacks', { a: 'x.safetensors', c: 'y.safetensors' }, 'does not list it'],
  ])('%s', async (_, map, what) => {
    const folder = await folderOf({ ...shards, [indexName]: { weight_map: map } });
    await expect(openCheckpoint(folder)).rejects.toMatchObject({
      code: 'shard-mismatch',
      message: expect.stringContaining(what),
    });
  });

  test('a tensor in two files', async () => {
    const folder = await folderOf({ 'x.safetensors': safetensors({ a }), 'y.safetensors': safetensors({ a }) });
    await expect(openCheckpoint(folder)).rejects.toMatchObject({
      code: 'shard-mismatch',
      message: expect.stringContaining('tensor "a" is in both x.safetensors and y.safetensors'),
    });
  });
});

test('a damaged file is refused with its name', async () => {
  const whole = safetensors({ a });
  const folder = await folderOf({ 'm.safetensors': whole.subarray(0, whole.length - 3) });
  await expect(openCheckpoint(folder)).rejects.toMatchObject({
    code: 'safetensors-corrupt',
    message: expect.stringContaining('m.safetensors, tensor "a"'),
  });
});
