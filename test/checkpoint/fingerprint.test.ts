import { createHash } from 'node:crypto';
import { truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fingerprint } from '../../src/checkpoint/fingerprint.ts';
import { openCheckpoint } from '../../src/checkpoint/open.ts';
import { indexName } from '../../src/checkpoint/shards.ts';
import { f32, folderOf, safetensors, type WrittenTensor } from './write-safetensors.ts';

const a = f32([2, 3], [1, 2, 3, 4, 5, 6]);
const b = f32([2], [7, 8]);
const identity = async (tensors: Record<string, WrittenTensor>): Promise<string> =>
  (await openCheckpoint(await folderOf({ 'model.safetensors': safetensors(tensors) }))).fingerprint;

describe('the fingerprint stays the same', () => {
  test('when tensors are stored in another order or with other metadata', async () => {
    const folder = await folderOf({ 'm.safetensors': safetensors({ b, a }, { format: 'pt', note: 'x' }) });
    expect((await openCheckpoint(folder)).fingerprint).toBe(await identity({ a, b }));
  });

  test('when the checkpoint is sharded, with and without an index, or opened as a single file', async () => {
    const shards = { 'x.safetensors': safetensors({ b }), 'y.safetensors': safetensors({ a }) };
    const indexed = { ...shards, [indexName]: { weight_map: { a: 'y.safetensors', b: 'x.safetensors' } } };
    const whole = await identity({ a, b });
    expect((await openCheckpoint(await folderOf(shards))).fingerprint).toBe(whole);
    expect((await openCheckpoint(await folderOf(indexed))).fingerprint).toBe(whole);
    const folder = await folderOf({ 'm.safetensors': safetensors({ a, b }) });
    expect((await openCheckpoint(join(folder, 'm.safetensors'))).fingerprint).toBe(whole);
  });
});

describe('the fingerprint changes', () => {
  test.each<[string, Record<string, WrittenTensor>]>([
    ['with one bit', { a: { ...a, data: a.data.map((byte, index) => (index === 5 ? byte ^ 1 : byte)) }, b }],
    ['with one name', { a, c: b }],
    ['with one shape', { a: { ...a, shape: [3, 2] }, b }],
    ['with one dtype', { a: { ...a, dtype: 'I32' }, b }],
    ['with one tensor less', { a }],
    ['with an empty tensor more', { a, b, e: f32([0], []) }],
    ['when two tensors swap their bytes', { a: b, b: a }],
  ])('%s', async (_, tensors) => {
    expect(await identity(tensors)).not.toBe(await identity({ a, b }));
  });
});

test('the fingerprint is the SHA-256 of the documented framing, names in order of their UTF-8 bytes', async () => {
  const u64 = (value: number): Buffer => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(value));
    return bytes;
  };
  const sha = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
  // U+FF61 sorts after U+10000 in UTF-16 and before it in UTF-8.
  const expected = sha(
    Buffer.concat([
      Buffer.from('skiagram-fingerprint-1\0'),
      ...[u64(3), Buffer.from('\uFF61'), u64(3), Buffer.from('F32'), u64(2), u64(2), u64(3), u64(24), sha(a.data)],
      ...[u64(4), Buffer.from('\u{10000}'), u64(3), Buffer.from('F32'), u64(1), u64(2), u64(8), sha(b.data)],
    ]),
  ).toString('hex');
  expect(await identity({ '\u{10000}': b, '\uFF61': a })).toBe(expected);
});

test('every tensor gets the SHA-256 of its own bytes, whatever its size against the chunks that are read', async () => {
  const sizes = [0, 1, (4 << 20) - 1, 4 << 20, (4 << 20) + 1, (9 << 20) + 17];
  const tensors = Object.fromEntries(
    sizes.map((size) => [`t${size}`, { dtype: 'U8', shape: [size], data: new Uint8Array(size).fill(size % 251) }]),
  );
  const seen: number[] = [];
  const folder = await folderOf({ 'm.safetensors': safetensors(tensors) });
  const checkpoint = await openCheckpoint(folder, {
    onProgress: (done, total) => {
      seen.push(done);
      expect(total).toBe(sizes.reduce((sum, size) => sum + size, 0));
    },
  });
  for (const [name, { data }] of Object.entries(tensors))
    expect(checkpoint.tensors.get(name)?.sha256).toBe(createHash('sha256').update(data).digest('hex'));
  expect(seen.at(-1)).toBe(sizes.reduce((sum, size) => sum + size, 0));
});

test('an abort ends the reading with the reason of the signal', async () => {
  const folder = await folderOf({
    'm.safetensors': safetensors({ w: { dtype: 'U8', shape: [32 << 20], data: new Uint8Array(32 << 20) } }),
  });
  const stop = new AbortController();
  const reason = new Error('stopped by the user');
  let reads = 0;
  const opening = openCheckpoint(folder, {
    signal: stop.signal,
    onProgress: () => ++reads === 2 && stop.abort(reason),
  });
  await expect(opening).rejects.toBe(reason);
  expect(reads).toBeLessThan(5);
});

test('a file that shrinks after its header was read is reported, not hashed short', async () => {
  const folder = await folderOf({ 'm.safetensors': safetensors({ a, b }) });
  const { tensors } = await openCheckpoint(folder);
  await truncate(join(folder, 'm.safetensors'), 150);
  await expect(fingerprint([...tensors.values()])).rejects.toMatchObject({
    code: 'checkpoint-changed',
    message: expect.stringContaining('tensor "'),
  });
});
