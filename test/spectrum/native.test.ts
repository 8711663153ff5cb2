import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomStream } from '../../src/base/random.ts';
import type { SpectrumEngine } from '../../src/spectrum/engine.ts';
import { loadNative, nativeEngine } from '../../src/spectrum/native.ts';
import { portableEngine } from '../../src/spectrum/portable.ts';
import { bitsFile, tensorFile } from './tensor-file.ts';

const binding = loadNative();
if (!binding) console.warn('The native engine is not built (npm run build:native); its tests are skipped.');
const portable = portableEngine(2);
afterAll(() => portable.close());

const gaussian = (length: number, seed = 1): number[] => {
  const random = randomStream(seed);
  return Array.from({ length }, () => random.normal());
};

describe.skipIf(!binding)('the native engine', () => {
  let native: SpectrumEngine;
  beforeAll(() => {
    if (binding) native = nativeEngine(binding, 2);
  });

  test.each([
    ['wide', [24, 96], 'F64'],
    ['tall', [96, 24], 'F32'],
    ['longer than one block', [20, 2500], 'BF16'],
    ['taller than one block', [2500, 20], 'BF16'],
    ['a row', [1, 40], 'F32'],
    ['a column', [40, 1], 'F32'],
  ] as const)('agrees with the portable one to 1e-10 on a %s matrix', async (_, [rows, cols], dtype) => {
    const matrix = tensorFile(gaussian(rows * cols), [rows, cols], dtype);
    const [fast, slow] = [await native.spectrum(matrix), await portable.spectrum(matrix)];
    expect(fast.eigenvalues.length).toBe(slow.eigenvalues.length);
    for (const [index, value] of fast.eigenvalues.entries())
      expect(Math.abs(value / (slow.eigenvalues[index] as number) - 1)).toBeLessThan(1e-10);
  });

  test('agrees on a rank-deficient matrix about which values are nothing but rounding', async () => {
    const [a, b] = [gaussian(20, 1), gaussian(30, 2)];
    const matrix = tensorFile(
      a.flatMap((left) => b.map((right) => left * right)),
      [20, 30],
    );
    for (const engine of [native, portable]) {
      const { eigenvalues } = await engine.spectrum(matrix);
      expect(eigenvalues.filter((value) => value > (eigenvalues.at(-1) as number) * 1e-20).length).toBe(1);
    }
  });

  test('adds the same seeded noise as the portable engine', async () => {
    const matrix = tensorFile(gaussian(40 * 30), [40, 30], 'F32');
    const [fast, slow] = [
      await native.perturbed(matrix, 3.5, 123456789),
      await portable.perturbed(matrix, 3.5, 123456789),
    ];
    for (const [index, value] of fast.eigenvalues.entries())
      expect(Math.abs(value / (slow.eigenvalues[index] as number) - 1)).toBeLessThan(1e-10);
  });

  test('puts entries in the same random order as the portable engine', async () => {
    const matrix = tensorFile(gaussian(40 * 30), [40, 30], 'F32');
    const [fast, slow] = [await native.shuffled?.(matrix, 99), await portable.shuffled?.(matrix, 99)];
    for (const [index, value] of (fast?.eigenvalues ?? []).entries())
      expect(Math.abs(value / (slow?.eigenvalues[index] as number) - 1)).toBeLessThan(1e-10);
    expect(fast?.eigenvalues.length).toBe(30);
  });

  test('gives the same difference spectrum, overlaps and median change', async () => {
    const [before, after] = [
      tensorFile(gaussian(5000, 1), [50, 100], 'F32'),
      tensorFile(gaussian(5000, 2), [50, 100], 'BF16'),
    ];
    const [fast, slow] = [await native.difference(before, after), await portable.difference(before, after)];
    for (const [index, value] of fast.eigenvalues.entries())
      expect(Math.abs(value / (slow.eigenvalues[index] as number) - 1)).toBeLessThan(1e-10);
    const ranks = [1, 16, 50];
    const [own, other] = [await native.overlap(before, after, ranks), await portable.overlap(before, after, ranks)];
    for (const [index, value] of own.entries()) expect(value).toBeCloseTo(other[index] as number, 10);
    expect(await native.medianChange(before, after)).toBe(await portable.medianChange(before, after));
  });

  test('gives the same spectrum on one thread and on many, to the last bit', async () => {
    if (!binding) return;
    const matrix = tensorFile(gaussian(300 * 700), [300, 700], 'F32');
    const alone = await nativeEngine(binding, 1).spectrum(matrix);
    expect(await nativeEngine(binding, 5).spectrum(matrix)).toEqual(alone);
  });

  test('gives the same pair sums', async () => {
    const [before, after] = [
      tensorFile(gaussian(5000, 1), [50, 100], 'F32'),
      tensorFile(gaussian(5000, 2), [50, 100], 'BF16'),
    ];
    const [fast, slow] = [await native.pair(before, after), await portable.pair(before, after)];
    for (const [key, value] of Object.entries(slow)) expect(fast[key as keyof typeof fast]).toBeCloseTo(value, 8);
  });

  test('reads half precision patterns exactly and gives zeros for a zero matrix', async () => {
    expect((await native.spectrum(bitsFile([0xc100], [1, 1], 'F16'))).eigenvalues[0]).toBe(2.5 ** 2);
    expect([...(await native.spectrum(tensorFile(new Array(12).fill(0), [3, 4]))).eigenvalues]).toEqual([0, 0, 0]);
  });

  test('refuses NaN, unreadable types, short files and missing files by name', async () => {
    const matrix = tensorFile([1, Number.NaN, 3, 4], [2, 2], 'F32');
    await expect(native.spectrum(matrix)).rejects.toMatchObject({
      code: 'weights-not-finite',
      message: expect.stringContaining('"layer.weight" holds 1 NaN'),
    });
    await expect(native.spectrum({ ...matrix, dtype: 'I8' })).rejects.toMatchObject({ code: 'dtype-unsupported' });
    await expect(native.spectrum({ ...matrix, shape: [4, 4], end: matrix.begin + 64 })).rejects.toMatchObject({
      code: 'file-truncated',
    });
    await expect(
      native.pair(tensorFile([1, 2, 3, 4], [2, 2]), { ...matrix, name: 'subject.weight' }),
    ).rejects.toMatchObject({ code: 'weights-not-finite', message: expect.stringContaining('"subject.weight"') });
    await expect(native.spectrum({ ...matrix, file: '/nowhere/x.safetensors' })).rejects.toMatchObject({
      code: 'file-unreadable',
    });
  });

  test('an aborted call rejects with the reason', async () => {
    const controller = new AbortController();
    const slow = native.spectrum(tensorFile(gaussian(400 * 400), [400, 400]), { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(slow).rejects.toThrow('enough');
  });

  test('a call that waits for its turn rejects as soon as it is aborted, and the queue goes on', async () => {
    const one = nativeEngine(binding as NonNullable<typeof binding>, 1);
    const first = one.spectrum(tensorFile(gaussian(500 * 500), [500, 500]));
    const controller = new AbortController();
    const second = one.spectrum(tensorFile([2], [1, 1]), { signal: controller.signal });
    controller.abort(new Error('not wanted'));
    await expect(second).rejects.toThrow('not wanted');
    expect((await one.spectrum(tensorFile([3], [1, 1]))).eigenvalues[0]).toBe(9);
    expect((await first).eigenvalues.length).toBe(500);
  });
});

describe.each([['portable', portable], ...(binding ? [['native', nativeEngine(binding, 2)] as const] : [])] as const)(
  'what the %s engine refuses',
  (_, engine) => {
    test('weights whose squares overflow, shapes that differ, files that are gone', async () => {
      await expect(engine.spectrum(tensorFile([1e200, 0, 0, 1], [2, 2]))).rejects.toMatchObject({
        code: 'weights-too-large',
      });
      await expect(engine.pair(tensorFile([1, 2], [1, 2]), tensorFile([1, 2], [2, 1]))).rejects.toMatchObject({
        code: 'shape-mismatch',
      });
      await expect(engine.spectrum({ ...tensorFile([1], [1, 1]), file: '/nowhere/x' })).rejects.toMatchObject({
        code: 'file-unreadable',
      });
      await expect(engine.spectrum({ ...tensorFile([1], [1, 1]), shape: [1, 1, 1] })).rejects.toMatchObject({
        code: 'not-a-matrix',
      });
    });
  },
);
