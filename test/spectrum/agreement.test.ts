import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { randomStream } from '../../src/base/random.ts';
import type { TensorLocation } from '../../src/checkpoint/checkpoint.ts';
import { openCheckpoint } from '../../src/checkpoint/open.ts';
import { loadNative, nativeEngine } from '../../src/spectrum/native.ts';
import { portableEngine } from '../../src/spectrum/portable.ts';
import { tensorFile } from './tensor-file.ts';

// Every way in which a matrix may be stored, on both engines: the portable one is the oracle of the kernel's reading.
const binding = loadNative();
const portable = portableEngine(1);
afterAll(() => portable.close());
const fixture = (name: string): string => fileURLToPath(new URL(`../checkpoint/fixtures/${name}`, import.meta.url));

const numbers = (length: number, seed: number): number[] => {
  const random = randomStream(seed);
  return Array.from({ length }, () => Math.round(64 * random.normal()) / 64);
};
const stored = tensorFile(numbers(48 * 40, 1), [48, 40], 'BF16');
const block = (name: string): TensorLocation => ({
  name,
  dtype: name,
  shape: name.endsWith('_K') ? [4, 512] : [4, 64],
  file: fixture(`ggml-${name}.bin`),
  begin: 0,
  end: { Q8_0: 272, Q4_0: 144, Q4_K: 1152, Q5_K: 1408, Q6_K: 1680 }[name] ?? 0,
});

const matrices: readonly (readonly [string, TensorLocation])[] = [
  ['as it is', stored],
  [
    'every third row',
    {
      ...stored,
      shape: [16, 40],
      view: { offset: 40, rows: [{ size: 16, stride: 120 }], cols: [{ size: 40, stride: 1 }] },
    },
  ],
  [
    'heads of a fused tensor',
    {
      ...stored,
      shape: [16, 40],
      view: {
        offset: 160,
        rows: [
          { size: 4, stride: 480 },
          { size: 4, stride: 40 },
        ],
        cols: [{ size: 40, stride: 1 }],
      },
    },
  ],
  [
    'the transpose',
    {
      ...stored,
      shape: [40, 48],
      view: { offset: 0, rows: [{ size: 40, stride: 1 }], cols: [{ size: 48, stride: 40 }] },
    },
  ],
  [
    'some columns',
    {
      ...stored,
      shape: [48, 10],
      view: { offset: 7, rows: [{ size: 48, stride: 40 }], cols: [{ size: 10, stride: 1 }] },
    },
  ],
  [
    'factors of blocks',
    { ...stored, scaled: { scale: tensorFile(numbers(12, 2), [3, 4], 'F32'), blockRows: 16, blockCols: 10 } },
  ],
  [
    'two low-rank updates',
    {
      ...stored,
      updates: [
        {
          a: tensorFile(numbers(3 * 40, 3), [3, 40], 'F32'),
          b: tensorFile(numbers(48 * 3, 4), [48, 3], 'F32'),
          factor: 0.5,
        },
        { a: tensorFile(numbers(40, 5), [1, 40], 'F32'), b: tensorFile(numbers(48, 6), [48, 1], 'F32'), factor: -2 },
      ],
    },
  ],
  ...['Q8_0', 'Q4_0', 'Q4_K', 'Q5_K', 'Q6_K'].map((name) => [`blocks of ${name}`, block(name)] as const),
  [
    'a view that cuts blocks',
    {
      ...block('Q6_K'),
      shape: [3, 100],
      view: { offset: 300, rows: [{ size: 3, stride: 512 }], cols: [{ size: 100, stride: 1 }] },
    },
  ],
];

describe.skipIf(!binding)('the native engine reads what the portable one reads:', () => {
  const native = binding && nativeEngine(binding, 1);

  test.each(matrices)('%s', async (_, matrix) => {
    if (!native) return;
    const { eigenvalues } = await portable.spectrum(matrix);
    const largest = eigenvalues.at(-1) ?? 0;
    expect(largest).toBeGreaterThan(0);
    const found = (await native.spectrum(matrix)).eigenvalues;
    expect(found.length).toBe(eigenvalues.length);
    for (const [index, value] of found.entries())
      expect(Math.abs(value - (eigenvalues[index] as number))).toBeLessThan(1e-12 * largest);
    // Sums over a pair depend on the order of entries too.
    const other = tensorFile(numbers((matrix.shape[0] ?? 0) * (matrix.shape[1] ?? 0), 9), [
      matrix.shape[0] ?? 0,
      matrix.shape[1] ?? 0,
    ]);
    const [own, oracle] = [await native.pair(other, matrix), await portable.pair(other, matrix)];
    for (const [name, value] of Object.entries(oracle))
      expect(own[name as keyof typeof own], name).toBeCloseTo(value, 7);
  });

  test.each(['small.gguf', 'views.pt', 'plain.bin', 'legacy.bin'])('every matrix of %s', async (file) => {
    if (!native) return;
    const checkpoint = await openCheckpoint(fixture(file));
    expect(checkpoint.matrices.length).toBeGreaterThan(0);
    for (const { name } of checkpoint.matrices) {
      const tensor = checkpoint.tensors.get(name);
      if (!tensor) throw new Error(`${name} has no location.`);
      const [own, oracle] = [await native.spectrum(tensor), await portable.spectrum(tensor)];
      const largest = oracle.eigenvalues.at(-1) ?? 0;
      for (const [index, value] of own.eigenvalues.entries())
        expect(Math.abs(value - (oracle.eigenvalues[index] as number)), name).toBeLessThanOrEqual(1e-12 * largest);
    }
  });

  test('what does not fit its bytes is refused with the same code', async () => {
    if (!native) return;
    const beyond = {
      ...stored,
      view: { offset: 41, rows: [{ size: 48, stride: 40 }], cols: [{ size: 40, stride: 1 }] },
    };
    for (const engine of [native, portable])
      for (const matrix of [beyond, { ...stored, shape: [48, 41] }])
        await expect(engine.spectrum(matrix)).rejects.toMatchObject({ code: 'tensor-inconsistent' });
  });
});
