import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { bytesOf } from '../../src/checkpoint/bytes.ts';
import { openCheckpoint } from '../../src/checkpoint/open.ts';
import { readPytorch } from '../../src/checkpoint/pytorch.ts';
import { readWeights } from '../../src/spectrum/read-weights.ts';
import { f32, folderOf, safetensors } from './write-safetensors.ts';

/** Files that torch wrote (fixtures/make.py). */
const fixtures = fileURLToPath(new URL('fixtures', import.meta.url));
const open = (name: string): ReturnType<typeof openCheckpoint> => openCheckpoint(join(fixtures, name));
const damaged = (name: string, change: (bytes: Buffer) => Buffer): Promise<unknown> =>
  readPytorch(bytesOf(change(readFileSync(join(fixtures, name))), name));

describe('the state dict of plain.safetensors', async () => {
  const reference = await open('plain.safetensors');

  test.each(['plain.bin', 'legacy.bin', 'protocol-3.bin', 'protocol-4.bin', 'protocol-5.bin'])(
    'saved as %s has the same fingerprint and numbers',
    async (name) => {
      const checkpoint = await open(name);
      expect(checkpoint.format).toBe('pytorch');
      expect(checkpoint.fingerprint).toBe(reference.fingerprint);
      expect(checkpoint.matrices).toEqual(reference.matrices);
      expect(checkpoint.leftOut).toEqual(reference.leftOut);
      for (const { name: matrix } of checkpoint.matrices) {
        const [own, other] = [checkpoint, reference].map(({ tensors }) => tensors.get(matrix));
        if (own && other) expect(await readWeights(own)).toEqual(await readWeights(other));
      }
    },
  );
});

test('strided tensors become views with the numbers that torch shows, expanded ones are left out', async () => {
  const { tensors, leftOut } = await open('views.pt');
  const numbers = async (name: string): Promise<number[]> => {
    const location = tensors.get(name);
    return location ? [...(await readWeights(location))] : [];
  };
  // torch.arange(24).view(4, 6): .t(), [::2, 1:], [:, 2:3], and elements 5 to 10 as 2 × 3.
  const turned = Array.from({ length: 24 }, (_, index) => (index % 4) * 6 + Math.floor(index / 4));
  expect(await numbers('turned')).toEqual(turned);
  expect(await numbers('every_other')).toEqual([1, 2, 3, 4, 5, 13, 14, 15, 16, 17]);
  expect(await numbers('column')).toEqual([2, 8, 14, 20]);
  expect(await numbers('inner')).toEqual([5, 6, 7, 8, 9, 10]);
  expect(leftOut).toContainEqual({
    reason: 'Stored numbers that are repeated (an expanded tensor).',
    count: 1,
    examples: ['repeated'],
  });
  expect(leftOut).toContainEqual({
    reason: 'Not a matrix: 3 dimensions (convolutions and the like).',
    count: 1,
    examples: ['cube'],
  });
});

test('a transposed matrix has another fingerprint than the matrix of the same bytes', async () => {
  const { stored } = await open('views.pt');
  const turned = stored.find(({ name }) => name === 'turned');
  expect(turned).toMatchObject({ shape: [6, 4], strides: [1, 6] });
});

test('a wrapped state dict is found, optimiser states are left out, tied weights count once', async () => {
  const { matrices, leftOut, stored } = await open('nested.pth');
  expect(stored.map(({ name }) => name)).toEqual(['lm_head.weight', 'model.embed_tokens.weight']);
  expect(matrices.map(({ role }) => role)).toEqual(['embedding']);
  const reasons = leftOut.map(({ reason }) => reason).join('\n');
  expect(reasons).toContain('Outside of the state dict "state_dict"');
  expect(reasons).toContain('tied weights count once');
});

test('eight-bit floats, flags and complex numbers have their own types', async () => {
  const { dtypes, leftOut } = await open('dtypes.pt');
  expect(dtypes).toEqual({ F8_E4M3: 1, F8_E5M2: 1, BOOL: 1, C64: 1 });
  expect(leftOut.map(({ reason }) => reason).join('\n')).toContain('complex numbers are not analysed');
});

test('a pickled module is refused by the name of its class, and nothing is run', async () => {
  await expect(open('module.pt')).rejects.toMatchObject({
    code: 'pickle-refused',
    message: expect.stringContaining('torch.nn.modules.linear.Linear'),
    hint: expect.stringContaining('safetensors'),
  });
});

describe('damage is reported', () => {
  test.each<[string, string, (bytes: Buffer) => Buffer, string]>([
    ['a zip cut short', 'plain.bin', (bytes) => bytes.subarray(0, -40), 'zip-corrupt'],
    ['an empty file', 'plain.bin', () => Buffer.alloc(0), 'pytorch-corrupt'],
    ['text', 'plain.bin', () => Buffer.from('version https://git-lfs'), 'pytorch-corrupt'],
    ['a legacy file cut short', 'legacy.bin', (bytes) => bytes.subarray(0, -5), 'pytorch-corrupt'],
    [
      'a storage that is too small for its tensor',
      'plain.bin',
      (bytes) => replaced(bytes, Buffer.from([0x4b, 6, 0x4b, 4, 0x86]), Buffer.from([0x4b, 7, 0x4b, 4, 0x86])),
      'pytorch-corrupt',
    ],
    [
      'big-endian numbers',
      'plain.bin',
      (bytes) => replaced(bytes, Buffer.from('little'), Buffer.from('big   ')),
      'pytorch-corrupt',
    ],
    [
      'a name that would run a command',
      'plain.bin',
      (bytes) => replaced(bytes, Buffer.from('collections\nOrderedDict'), Buffer.from('nt\nsystem\nxxxxxxxxxxxxxx')),
      'pickle-refused',
    ],
  ])('%s', async (_, name, change, code) => {
    await expect(damaged(name, change)).rejects.toMatchObject({ name: 'SkiagramError', code });
  });
});

test('a sharded checkpoint of .bin files is the same as a whole one', async () => {
  const bytes = readFileSync(join(fixtures, 'plain.bin'));
  const names = (await open('plain.bin')).stored.map(({ name }) => name);
  const folder = await folderOf({
    'pytorch_model-00001-of-00001.bin': bytes,
    'pytorch_model.bin.index.json': {
      weight_map: Object.fromEntries(names.map((name) => [name, 'pytorch_model-00001-of-00001.bin'])),
    },
  });
  expect((await openCheckpoint(folder)).fingerprint).toBe((await open('plain.bin')).fingerprint);
});

test('a file that changes between header and fingerprint is noticed', async () => {
  const { utimes } = await import('node:fs/promises');
  const folder = await folderOf({ 'm.safetensors': safetensors({ a: f32([2, 2], [1, 2, 3, 4]) }) });
  const touch = openCheckpoint(folder, {
    onProgress: () => void utimes(join(folder, 'm.safetensors'), 1, 1),
  });
  await expect(touch).rejects.toMatchObject({ code: 'checkpoint-changed' });
});

function replaced(bytes: Buffer, from: Buffer, to: Buffer): Buffer {
  const at = bytes.indexOf(from);
  expect(at).toBeGreaterThan(0);
  const copy = Buffer.from(bytes);
  to.copy(copy, at);
  return copy;
}
