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

test('weights in a format that is not read yet are named, with the way to convert them', async () => {
  const folder = await folderOf({ 'pytorch_model.bin': 'x', 'config.json': {} });
  await expect(findShards(folder)).rejects.toMatchObject({
    code: 'checkpoint-empty',
    message: expect.stringContaining('Found pytorch_model.bin, which is not read yet.'),
    hint: expect.stringContaining('safe_serialization'),
  });
  const gguf = await folderOf({ 'model.gguf': 'x' });
  await expect(findShards(`${gguf}/model.gguf`)).rejects.toMatchObject({ code: 'checkpoint-empty' });
});

test('a folder without weights says which formats are read', async () => {
  await expect(findShards(await folderOf({}))).rejects.toMatchObject({
    code: 'checkpoint-empty',
    hint: expect.stringContaining('.safetensors'),
  });
});
