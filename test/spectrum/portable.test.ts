import { afterAll, describe, expect, test } from 'vitest';
import { randomStream } from '../../src/base/random.ts';
import { portableEngine } from '../../src/spectrum/portable.ts';
import { bitsFile, tensorFile } from './tensor-file.ts';

const engine = portableEngine(2);
afterAll(() => engine.close());

const gaussian = (length: number, seed = 1): number[] => {
  const random = randomStream(seed);
  return Array.from({ length }, () => random.normal());
};
const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

describe('spectra with a closed form', () => {
  test('a diagonal matrix has the squares of its diagonal', async () => {
    const { eigenvalues } = await engine.spectrum(tensorFile([3, 0, 0, 0, 1, 0, 0, 0, 2], [3, 3]));
    expect([...eigenvalues]).toEqual([expect.closeTo(1, 12), expect.closeTo(4, 12), expect.closeTo(9, 12)]);
  });

  test('a Hadamard matrix, orthogonal up to scale, has one value throughout', async () => {
    const hadamard = Array.from({ length: 64 }, (_, index) => ((bits((index >> 3) & index & 7) & 1) === 0 ? 1 : -1));
    const { eigenvalues } = await engine.spectrum(tensorFile(hadamard, [8, 8]));
    for (const value of eigenvalues) expect(value).toBeCloseTo(8, 10);
  });

  test('a rank-2 matrix has exactly two values that are not rounding noise', async () => {
    const [a, b, c, d] = [gaussian(20, 1), gaussian(30, 2), gaussian(20, 3), gaussian(30, 4)];
    const values = a.flatMap((left, i) => b.map((right, j) => left * right + (c[i] as number) * (d[j] as number)));
    const { eigenvalues } = await engine.spectrum(tensorFile(values, [20, 30]));
    const largest = eigenvalues.at(-1) as number;
    expect(eigenvalues.length).toBe(20);
    expect(eigenvalues.filter((value) => value > largest * 1e-20).length).toBe(2);
  });

  test('wide and tall give the same values, and they sum to the squared Frobenius norm', async () => {
    const values = gaussian(40 * 15);
    const turned = Array.from(
      { length: values.length },
      (_, index) => values[(index % 15) * 40 + Math.floor(index / 15)] as number,
    );
    const wide = await engine.spectrum(tensorFile(values, [15, 40]));
    const tall = await engine.spectrum(tensorFile(turned, [40, 15]));
    for (const [index, value] of wide.eigenvalues.entries())
      expect(value / (tall.eigenvalues[index] as number)).toBeCloseTo(1, 10);
    expect(sum(wide.eigenvalues)).toBeCloseTo(sum(values.map((value) => value * value)), 8);
  });

  test.each([[[1, 5]], [[5, 1]]] as [[number, number]][])(
    'a vector of shape %j has one value, its squared length',
    async (shape) => {
      const { eigenvalues } = await engine.spectrum(tensorFile([1, 2, 3, 4, 5], shape));
      expect([...eigenvalues]).toEqual([expect.closeTo(55, 10)]);
    },
  );

  test('an all-zero matrix has zeros, not NaN', async () => {
    expect([...(await engine.spectrum(tensorFile(new Array(12).fill(0), [3, 4]))).eigenvalues]).toEqual([0, 0, 0]);
  });
});

describe('stored types', () => {
  test('bfloat16 and half patterns are read exactly, subnormals included', async () => {
    expect((await engine.spectrum(bitsFile([0x3fc0], [1, 1], 'BF16'))).eigenvalues[0]).toBe(1.5 ** 2);
    expect((await engine.spectrum(bitsFile([0x0001], [1, 1], 'F16'))).eigenvalues[0]).toBe((2 ** -24) ** 2);
    expect((await engine.spectrum(bitsFile([0xc100], [1, 1], 'F16'))).eigenvalues[0]).toBe(2.5 ** 2);
  });

  test('NaN and Inf are refused with tensor and counts', async () => {
    await expect(
      engine.spectrum(tensorFile([1, Number.NaN, Number.POSITIVE_INFINITY, Number.NaN], [2, 2], 'F32')),
    ).rejects.toMatchObject({
      code: 'weights-not-finite',
      message: expect.stringContaining('"layer.weight" holds 2 NaN and 1 infinite'),
    });
  });

  test('a type that cannot be read is refused by name', async () => {
    await expect(engine.spectrum({ ...tensorFile([1, 2, 3, 4], [2, 2]), dtype: 'I8' })).rejects.toMatchObject({
      code: 'dtype-unsupported',
      message: expect.stringContaining('I8'),
    });
  });

  test('a file that ends before its tensor is an error, not zeros', async () => {
    const matrix = tensorFile([1, 2, 3, 4], [2, 2]);
    await expect(engine.spectrum({ ...matrix, end: matrix.end + 8 })).rejects.toMatchObject({ code: 'file-truncated' });
  });
});

describe('pairs and the magnitude-matched null', () => {
  test('pair moments are the sums they say they are', async () => {
    const moments = await engine.pair(tensorFile([1, 2, 3, 4], [2, 2]), tensorFile([2, 2, 2, 2], [2, 2]));
    expect(moments).toEqual({
      n: 4,
      sumReference: 10,
      sumSubject: 8,
      squaresReference: 30,
      squaresSubject: 16,
      product: 20,
      sumDelta: -2,
      squaresDelta: 6,
      absoluteDelta: 4,
    });
  });

  test('a perturbation of zero norm changes nothing, and one of a given norm adds that much to a zero matrix', async () => {
    const values = gaussian(64);
    const still = await engine.perturbed(tensorFile(values, [8, 8]), 0, 7);
    const own = await engine.spectrum(tensorFile(values, [8, 8]));
    for (const [index, value] of still.eigenvalues.entries())
      expect(value).toBeCloseTo(own.eigenvalues[index] as number, 10);
    const noise = await engine.perturbed(tensorFile(new Array(600).fill(0), [20, 30]), 2, 7);
    expect(sum(noise.eigenvalues)).toBeCloseTo(4, 10);
  });

  test('equal seeds give equal noise, other seeds other noise', async () => {
    const matrix = tensorFile(gaussian(64), [8, 8]);
    const [first, again, other] = await Promise.all([
      engine.perturbed(matrix, 1, 3),
      engine.perturbed(matrix, 1, 3),
      engine.perturbed(matrix, 1, 4),
    ]);
    expect([...first.eigenvalues]).toEqual([...again.eigenvalues]);
    expect([...first.eigenvalues]).not.toEqual([...other.eigenvalues]);
  });
});

test('an aborted call rejects with the reason and the engine goes on working', async () => {
  const controller = new AbortController();
  const slow = engine.spectrum(tensorFile(gaussian(300 * 300), [300, 300]), { signal: controller.signal });
  controller.abort(new Error('enough'));
  await expect(slow).rejects.toThrow('enough');
  expect((await engine.spectrum(tensorFile([2], [1, 1]))).eigenvalues[0]).toBe(4);
});

function bits(value: number): number {
  return [...value.toString(2)].filter((digit) => digit === '1').length;
}
