import { expect, test } from 'vitest';
import { findShards, indexName } from '../../src/checkpoint/shards.ts';
import { f32, folderOf, safetensors } from './write-safetensors.ts';

const file = safetensors({ w: f32([1], [1]) });
const index = (map: unknown): Record<string, object> => ({ [indexName]: { weight_map: map } });

test('without an index every .safetensors file counts, in order of name', async () => {
  const folder = await folderOf({ 'b.safetensors': file, 'a.safetensors': file, 'notes.txt': 'x' });
  expect((await findShards(folder)).files).toEqual([`${folder}/a.safetensors`, `${folder}/b.safetensors`]);
});

test('with an index only the files it names count', async () => {
  const folder = await folderOf({ 'a.safetensors': file, 'old.safetensors': file, ...index({ w: 'a.safetensors' }) });
  expect((await findShards(folder)).files).toEqual([`${folder}/a.safetensors`]);
});

test('a shard that the index names and the folder lacks is named', async () => {
  const folder = await folderOf({ 'a.safetensors': file, ...index({ w: 'a.safetensors', v: 'b.safetensors' }) });
  await expect(findShards(folder)).rejects.toMatchObject({
    code: 'shard-missing',
    message: expect.stringContaining('1 of 2 shards that model.safetensors.index.json names: b.safetensors'),
  });
});

test.each([
  ['no JSON', { [indexName]: '{' }],
  ['null', { [indexName]: 'null' }],
  ['no weight_map', { [indexName]: {} }],
  ['an empty weight_map', index({})],
  ['a shard outside the folder', index({ w: '../a.safetensors' })],
  ['a shard that is no text', index({ w: 3 })],
])('an index with %s is corrupt', async (_, files) => {
  await expect(findShards(await folderOf(files))).rejects.toMatchObject({ code: 'index-corrupt' });
});

test('a path that does not exist is missing', async () => {
  await expect(findShards('/no/such/checkpoint')).rejects.toMatchObject({ code: 'checkpoint-missing' });
});

test('weights in a format that is not read are named, with the way to convert them', async () => {
  const folder = await folderOf({ 'tf_model.h5': 'x', 'config.json': {} });
  await expect(findShards(folder)).rejects.toMatchObject({
    code: 'checkpoint-empty',
    message: expect.stringContaining('Found tf_model.h5, which is not read.'),
    hint: expect.stringContaining('safe_serialization'),
  });
  await expect(findShards(`${folder}/tf_model.h5`)).rejects.toMatchObject({ code: 'checkpoint-empty' });
});

test('safetensors are taken before PyTorch files, and those before GGUF', async () => {
  const both = await folderOf({ 'a.safetensors': file, 'pytorch_model.bin': 'x', 'm.gguf': 'x' });
  expect(await findShards(both)).toMatchObject({ format: 'safetensors', files: [`${both}/a.safetensors`] });
  const older = await folderOf({
    'pytorch_model.bin': 'x',
    'training_args.bin': 'x',
    'optimizer.pt': 'x',
    'm.gguf': 'x',
  });
  expect(await findShards(older)).toMatchObject({ format: 'pytorch', files: [`${older}/pytorch_model.bin`] });
});

test('a sharded PyTorch checkpoint follows its own index', async () => {
  const folder = await folderOf({
    'pytorch_model-00001-of-00002.bin': 'x',
    'pytorch_model-00002-of-00002.bin': 'x',
    'pytorch_model.bin.index.json': {
      weight_map: { a: 'pytorch_model-00002-of-00002.bin', b: 'pytorch_model-00001-of-00002.bin' },
    },
  });
  const { files, weightMap } = await findShards(folder);
  expect(files).toHaveLength(2);
  expect(weightMap?.get('a')).toBe('pytorch_model-00002-of-00002.bin');
});

test('a split GGUF model is opened whole, whichever part is named, and a missing part is', async () => {
  const folder = await folderOf({ 'm-00001-of-00002.gguf': 'x', 'm-00002-of-00002.gguf': 'x' });
  const files = [`${folder}/m-00001-of-00002.gguf`, `${folder}/m-00002-of-00002.gguf`];
  expect((await findShards(folder)).files).toEqual(files);
  expect((await findShards(files[1] as string)).files).toEqual(files);
  const half = await folderOf({ 'm-00002-of-99999.gguf': 'x' });
  await expect(findShards(half)).rejects.toMatchObject({ code: 'shard-missing' });
});

test.each([
  ['two GGUF models', { 'a-Q4_0.gguf': 'x', 'a-Q8_0.gguf': 'x' }, 'several models'],
  ['two PyTorch files', { 'a.pth': 'x', 'b.pth': 'x' }, 'several models'],
  ['slices for several devices', { 'consolidated.00.pth': 'x', 'consolidated.01.pth': 'x' }, '2 slices'],
])('%s in a folder are refused as ambiguous', async (_, files, what) => {
  await expect(findShards(await folderOf(files))).rejects.toMatchObject({
    code: 'checkpoint-ambiguous',
    message: expect.stringContaining(what),
  });
});

test('a folder without weights says which formats are read', async () => {
  await expect(findShards(await folderOf({}))).rejects.toMatchObject({
    code: 'checkpoint-empty',
    hint: expect.stringContaining('.safetensors'),
  });
});
