import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { bytesOf } from '../../src/checkpoint/bytes.ts';
import { readGguf } from '../../src/checkpoint/gguf.ts';
import { openCheckpoint } from '../../src/checkpoint/open.ts';
import { readWeights } from '../../src/spectrum/read-weights.ts';

/** Written by the gguf package, with what it reads back (fixtures/make.py). */
const path = fileURLToPath(new URL('fixtures/small.gguf', import.meta.url));
const expected = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as Record<
  string,
  { shape: number[]; float32: string }
>;
const whole = readFileSync(path);

describe('a small model', async () => {
  const checkpoint = await openCheckpoint(path);

  test('has the shapes and numbers that gguf reads, whatever the quantisation', async () => {
    expect(checkpoint.stored.map(({ name }) => name).sort()).toEqual(Object.keys(expected).sort());
    for (const tensor of checkpoint.stored) {
      const { shape, float32 } = expected[tensor.name] ?? { shape: [], float32: '' };
      expect(tensor.shape).toEqual(shape);
      const numbers = new Float32Array(Uint8Array.from(Buffer.from(float32, 'base64')).buffer);
      const values = await readWeights(tensor);
      expect(values.length).toBe(numbers.length);
      for (const [index, value] of values.entries()) expect(Math.fround(value) - (numbers[index] as number)).toBe(0);
    }
  });

  test('has roles, depths, and its experts apart', async () => {
    expect(checkpoint).toMatchObject({ format: 'gguf', architecture: 'llama' });
    expect(checkpoint.config).toMatchObject({ num_attention_heads: 4, num_key_value_heads: 2, hidden_size: 256 });
    expect(Object.fromEntries(checkpoint.matrices.map(({ name, role }) => [name, role]))).toEqual({
      'blk.0.attn_k.weight': 'k',
      'blk.0.attn_output.weight': 'o',
      'blk.0.attn_q.weight': 'q',
      'blk.0.attn_v.weight': 'v',
      'blk.0.ffn_down.weight': 'down',
      'blk.0.ffn_gate.weight': 'gate',
      'blk.0.ffn_up.weight': 'up',
      'blk.0.ffn_up_exps.weight#0': 'up',
      'blk.0.ffn_up_exps.weight#1': 'up',
      'blk.0.ffn_up_exps.weight#2': 'up',
      'token_embd.weight': 'embedding',
    });
    const [expert, all] = ['blk.0.ffn_up_exps.weight#1', 'blk.0.ffn_up_exps.weight'].map((name) =>
      checkpoint.tensors.get(name),
    );
    if (!expert || !all) throw new Error('no experts');
    expect([...(await readWeights(expert))]).toEqual([...(await readWeights(all)).subarray(64, 128)]);
    expect(checkpoint.matrices.find(({ name }) => name === 'blk.0.attn_q.weight')).toMatchObject({
      depth: 0,
      pooled: true,
    });
  });
});

describe('damage is reported with file and fault', () => {
  const field = (offset: number, value: bigint): Buffer => {
    const copy = Buffer.from(whole);
    copy.writeBigUInt64LE(value, offset);
    return copy;
  };
  const infoOf = (name: string): number => whole.indexOf(name) + name.length;

  test.each<[string, Buffer, string]>([
    ['another magic', Buffer.from('GGML0000'), 'does not begin with "GGUF"'],
    ['version 1', Buffer.concat([whole.subarray(0, 4), Buffer.from([1, 0, 0, 0]), whole.subarray(8)]), 'version 1'],
    ['10¹² tensors', field(8, 10n ** 12n), 'more than its'],
    ['2⁶⁴ − 1 tensors', field(8, 2n ** 64n - 1n), 'claims a size of 18446744073709551615'],
    ['10¹² facts', field(16, 10n ** 12n), 'more than its'],
    ['a key of 10¹² bytes', field(24, 10n ** 12n), 'in the middle of'],
    ['a file cut short', whole.subarray(0, -64), 'cut short'],
    ['a row of 2⁴⁰ numbers', field(infoOf('token_embd.weight') + 4, 2n ** 40n), 'needs'],
    ['rows that cut blocks', field(infoOf('blk.0.attn_v.weight') + 4, 33n), 'no whole Q8_0 blocks'],
    ['an offset into another tensor', field(infoOf('output_norm.weight') + 4 + 8 + 4, 0n), 'overlap'],
    ['an offset beyond the file', field(infoOf('output_norm.weight') + 4 + 8 + 4, 2n ** 40n), 'cut short'],
  ])('%s', (_, bytes, what) => {
    expect(() => readGguf(bytesOf(bytes, 'm.gguf'))).toThrow(
      expect.objectContaining({ name: 'SkiagramError', code: 'gguf-corrupt', message: expect.stringContaining(what) }),
    );
  });
});

test('the same tensors in another file have the same fingerprint', async () => {
  const { copyFile, mkdtemp } = await import('node:fs/promises');
  const { tmpdir } = await import('node:os');
  const folder = await mkdtemp(join(tmpdir(), 'skiagram-gguf-'));
  await copyFile(path, join(folder, 'other.gguf'));
  expect((await openCheckpoint(folder)).fingerprint).toBe((await openCheckpoint(path)).fingerprint);
});
