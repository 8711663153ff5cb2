import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomStream } from '../../src/base/random.ts';
import type { TensorLocation } from '../../src/checkpoint/checkpoint.ts';
import { venvPython } from '../../src/process/python.ts';
import type { SpectrumEngine } from '../../src/spectrum/engine.ts';
import { gaussianNoise } from '../../src/spectrum/noise.ts';
import { portableEngine } from '../../src/spectrum/portable.ts';
import { torchEngine } from '../../src/spectrum/torch.ts';
import { skiagram } from '../cli/skiagram.ts';
import { gone } from '../harness/processes.ts';
import { bitsFile, tensorFile } from './tensor-file.ts';

const python = [process.env.SKIAGRAM_PYTHON, venvPython('.venv'), venvPython('.venv-reference')]
  .filter((program) => program !== undefined && existsSync(program))
  .find((program) => spawnSync(program as string, ['-c', 'import torch']).status === 0);
if (python === undefined)
  console.warn(
    'No Python with torch (SKIAGRAM_PYTHON, .venv, .venv-reference): the tests of the torch engine are skipped.',
  );

const folder = mkdtempSync(join(tmpdir(), 'skiagram-torch-'));
const gaussian = (length: number, seed = 1): number[] => {
  const random = randomStream(seed);
  return Array.from({ length }, () => random.normal());
};
const portable = portableEngine(2);
afterAll(() => portable.close());

async function opened(options: { python?: string; batch?: number } = {}): Promise<SpectrumEngine> {
  const engine = await torchEngine({ python: python as string, threads: 1, device: 'cpu', ...options });
  if ('reason' in engine) throw new Error(engine.reason);
  return engine;
}

/** Largest |a/b − 1| over two lists of numbers. */
function apart(own: ArrayLike<number>, other: ArrayLike<number>): number {
  expect(own.length).toBe(other.length);
  return Math.max(0, ...Array.from(own, (value, index) => Math.abs(value / (other[index] as number) - 1)));
}

test('a Python without torch, and a program that is no Python, are named and nothing is thrown', async () => {
  const bare = join(folder, 'bare');
  writeFileSync(bare, '#!/bin/sh\necho boom >&2\nexit 3\n');
  chmodSync(bare, 0o755);
  expect(await torchEngine({ python: bare, threads: 1 })).toEqual({
    reason: expect.stringMatching(/bare did not bring up torch: exit code 3\nboom/),
  });
  expect(await torchEngine({ python: '/nowhere/python', threads: 1 })).toEqual({
    reason: expect.stringContaining('/nowhere/python did not bring up torch'),
  });
  if (python === undefined) return;
  const isolated = join(folder, 'isolated');
  writeFileSync(isolated, `#!/bin/sh\nexec "${python}" -S -E "$@"\n`);
  chmodSync(isolated, 0o755);
  expect(await torchEngine({ python: isolated, threads: 1 })).toEqual({
    reason: expect.stringContaining(`${isolated} has no torch: No module named`),
  });
});

describe.skipIf(python === undefined)('the torch engine', () => {
  let torch: SpectrumEngine;
  beforeAll(async () => {
    torch = await opened();
  });
  afterAll(() => torch?.close());

  test.each([
    ['wide', [24, 96], 'F64'],
    ['tall', [96, 24], 'F32'],
    ['long', [20, 2500], 'BF16'],
    ['high', [2500, 20], 'BF16'],
    ['a row', [1, 40], 'F32'],
    ['a column', [40, 1], 'F32'],
  ] as const)('agrees with the portable one to 1e-9 on a %s matrix', async (_, [rows, cols], dtype) => {
    const matrix = tensorFile(gaussian(rows * cols), [rows, cols], dtype);
    expect(
      apart((await torch.spectrum(matrix)).eigenvalues, (await portable.spectrum(matrix)).eigenvalues),
    ).toBeLessThan(1e-9);
  });

  test('counts the rank as the portable one does where rows repeat (threshold of WeightWatcher, N ε on singular values)', async () => {
    const half = gaussian(32 * 80, 5);
    const matrix = tensorFile([...half, ...half], [64, 80]);
    for (const engine of [torch, portable]) {
      const { eigenvalues } = await engine.spectrum(matrix);
      const tolerance = Math.sqrt(eigenvalues.at(-1) as number) * 80 * Number.EPSILON;
      expect(eigenvalues.filter((value) => Math.sqrt(value) > tolerance).length, engine.id).toBe(32);
    }
  });

  test('finds the singular values of a graded matrix that a Gram matrix would lose', async () => {
    // Diagonal, so the singular values are known: 1, 1e-3, 1e-6, 1e-9.
    const diagonal = [1, 1e-3, 1e-6, 1e-9];
    const matrix = tensorFile(
      Array.from({ length: 24 }, (_, at) => (at % 4 === Math.floor(at / 4) ? (diagonal[at % 4] as number) : 0)),
      [6, 4],
    );
    expect(
      apart((await torch.spectrum(matrix)).eigenvalues, diagonal.map((value) => value ** 2).reverse()),
    ).toBeLessThan(1e-6);
  });

  test('adds the very noise of the portable engine', async () => {
    const matrix = tensorFile(gaussian(40 * 31), [40, 31], 'F32');
    const [own, other] = [
      await torch.perturbed(matrix, 3.5, 3456789012),
      await portable.perturbed(matrix, 3.5, 3456789012),
    ];
    expect(apart(own.eigenvalues, other.eigenvalues)).toBeLessThan(1e-10);
  });

  test('draws the same integers on many lanes as the generator does one after the other', () => {
    const [length, seed] = [20_000, 77];
    const program =
      'import sys; sys.path.insert(0, "python")\n' +
      'from skiagram_torch.noise import draw_blocks, normals\nimport torch, numpy\n' +
      `blocks = draw_blocks(${seed}, 16, 512)\n` +
      `draws = numpy.concatenate([next(blocks) for _ in range(5)]).astype(numpy.int64)\n` +
      `sys.stdout.write(" ".join(map(repr, normals(torch.from_numpy(draws))[:${length}].tolist())))`;
    const { stdout } = spawnSync(python as string, ['-B', '-c', program], { encoding: 'utf8', maxBuffer: 2 ** 26 });
    const drawn = stdout.split(' ').map(Number);
    expect(drawn.length).toBe(length);
    const expected = gaussianNoise(length, seed);
    expect(Math.max(...drawn.map((value, index) => Math.abs(value - (expected[index] as number))))).toBeLessThan(1e-14);
  });

  test('gives the same sums, differences, overlaps and medians as the portable engine', async () => {
    const [before, after] = [
      tensorFile(gaussian(5000, 1), [50, 100], 'F32'),
      tensorFile(gaussian(5000, 2), [50, 100], 'BF16'),
    ];
    const [own, other] = [await torch.pair(before, after), await portable.pair(before, after)];
    expect(apart(Object.values(own), Object.values(other))).toBeLessThan(1e-11);
    expect(
      apart(
        (await torch.difference(before, after)).eigenvalues,
        (await portable.difference(before, after)).eigenvalues,
      ),
    ).toBeLessThan(1e-9);
    expect(
      apart(await torch.overlap(before, after, [1, 5, 50, 99]), await portable.overlap(before, after, [1, 5, 50, 99])),
    ).toBeLessThan(1e-9);
    expect(await torch.medianChange(before, after)).toBe(await portable.medianChange(before, after));
  });

  test('takes the median of changes from zero as infinite', async () => {
    const [before, after] = [tensorFile([0, 0, 0, 1], [2, 2]), tensorFile([1, 2, 0, 1], [2, 2])];
    expect(await torch.medianChange(before, after)).toBe(Number.POSITIVE_INFINITY);
  });

  test('reads every stored type by its bits', async () => {
    const square = async (matrix: TensorLocation): Promise<number> =>
      (await torch.spectrum(matrix)).eigenvalues[0] as number;
    expect(await square(bitsFile([0xc100], [1, 1], 'F16'))).toBe(2.5 ** 2);
    expect(await square(bitsFile([0x4020], [1, 1], 'BF16'))).toBe(2.5 ** 2);
    // 0x42: exponent 8 − 7, fraction 2/8 in E4M3, so 2.5; exponent 16 − 15, fraction 2/4 in E5M2, so 3.
    const byte = { ...bitsFile([0x42], [1, 1], 'F16'), end: 1 };
    expect(await square({ ...byte, dtype: 'F8_E4M3' })).toBe(2.5 ** 2);
    expect(await square({ ...byte, dtype: 'F8_E5M2' })).toBe(3 ** 2);
  });

  test('sees a view, scales blocks and adds low-rank updates', async () => {
    const stored = gaussian(2 * 3 * 4 * 5, 9);
    // Rows (head, 1, size) of a fused [2, 3, 4, 5] tensor: its key rows.
    const fused = tensorFile(stored, [24, 5]);
    const view = {
      offset: 20,
      rows: [
        { size: 2, stride: 60 },
        { size: 4, stride: 5 },
      ],
      cols: [{ size: 5, stride: 1 }],
    };
    const rows = [0, 1].flatMap((head) => stored.slice(head * 60 + 20, head * 60 + 40));
    const spectrumOf = async (values: readonly number[], shape: [number, number]): Promise<Float64Array> =>
      (await portable.spectrum(tensorFile(values, shape))).eigenvalues;
    expect(
      apart((await torch.spectrum({ ...fused, shape: [8, 5], view })).eigenvalues, await spectrumOf(rows, [8, 5])),
    ).toBeLessThan(1e-10);
    // Transposed, blocks of 2 × 3 scaled, B A added.
    const transposed = { offset: 0, rows: [{ size: 5, stride: 1 }], cols: [{ size: 4, stride: 5 }] };
    const scale = gaussian(3 * 2, 3);
    const [b, a] = [gaussian(5 * 2, 4), gaussian(2 * 4, 5)];
    const matrix: TensorLocation = {
      ...fused,
      shape: [5, 4],
      view: transposed,
      scaled: { scale: tensorFile(scale, [3, 2], 'F64'), blockRows: 2, blockCols: 3 },
      updates: [{ a: tensorFile(a, [2, 4]), b: tensorFile(b, [5, 2]), factor: 0.25 }],
    };
    const expected = Array.from({ length: 20 }, (_, at) => {
      const [i, j] = [Math.floor(at / 4), at % 4];
      const quantised = (stored[j * 5 + i] as number) * (scale[Math.floor(i / 2) * 2 + Math.floor(j / 3)] as number);
      const product = [0, 1].reduce((sum, r) => sum + (b[i * 2 + r] as number) * (a[r * 4 + j] as number), 0);
      return quantised + 0.25 * product;
    });
    expect(apart((await torch.spectrum(matrix)).eigenvalues, await spectrumOf(expected, [5, 4]))).toBeLessThan(1e-10);
    await expect(torch.spectrum({ ...fused, shape: [8, 5], view: { ...view, offset: 90 } })).rejects.toMatchObject({
      code: 'file-truncated',
    });
  });

  test('refuses what cannot be read by name, and goes on', async () => {
    const broken = tensorFile([1, Number.NaN, Number.POSITIVE_INFINITY, 4], [2, 2], 'F32');
    await expect(torch.spectrum(broken)).rejects.toMatchObject({
      code: 'weights-not-finite',
      message: expect.stringContaining('"layer.weight" holds 1 NaN and 1 infinite values among 4'),
    });
    await expect(
      torch.pair(tensorFile([1, 2, 3, 4], [2, 2]), { ...broken, name: 'subject.weight' }),
    ).rejects.toMatchObject({ code: 'weights-not-finite', message: expect.stringContaining('"subject.weight"') });
    await expect(torch.spectrum({ ...broken, dtype: 'I8' })).rejects.toMatchObject({ code: 'dtype-unsupported' });
    await expect(torch.spectrum({ ...broken, shape: [4, 4], end: broken.begin + 64 })).rejects.toMatchObject({
      code: 'file-truncated',
    });
    await expect(torch.spectrum({ ...broken, file: '/nowhere/x' })).rejects.toMatchObject({ code: 'file-unreadable' });
    await expect(torch.spectrum(tensorFile([1e200, 0, 0, 1], [2, 2]))).rejects.toMatchObject({
      code: 'weights-too-large',
    });
    await expect(torch.pair(tensorFile([1, 2], [1, 2]), tensorFile([1, 2], [2, 1]))).rejects.toMatchObject({
      code: 'shape-mismatch',
    });
    await expect(torch.spectrum({ ...broken, shape: [1, 2, 2] })).rejects.toMatchObject({ code: 'not-a-matrix' });
    expect([...(await torch.spectrum(tensorFile(new Array(12).fill(0), [3, 4]))).eigenvalues]).toEqual([0, 0, 0]);
    expect((await torch.spectrum(tensorFile([], [0, 4]))).eigenvalues.length).toBe(0);
  });

  test('leaves what only the portable engine reads to it', async () => {
    const asked = bitsFile([0x3c00], [1, 1], 'F16');
    await expect(torch.spectrum({ ...asked, dtype: 'C64' })).rejects.toMatchObject({ code: 'dtype-unsupported' });
    await expect(torch.pair(asked, { ...asked, dtype: 'C64' })).rejects.toMatchObject({ code: 'dtype-unsupported' });
  });

  test('an aborted call rejects with the reason while others go on', async () => {
    const controller = new AbortController();
    const [slow, waiting] = [
      torch.spectrum(tensorFile(gaussian(600 * 600), [600, 600]), { signal: controller.signal }),
      torch.spectrum(tensorFile([2], [1, 1]), { signal: controller.signal }),
    ];
    const other = torch.spectrum(tensorFile([3], [1, 1]));
    controller.abort(new Error('enough'));
    await expect(slow).rejects.toThrow('enough');
    await expect(waiting).rejects.toThrow('enough');
    expect((await other).eigenvalues[0]).toBe(9);
    await expect(torch.spectrum(tensorFile([3], [1, 1]), { signal: controller.signal })).rejects.toThrow('enough');
  });

  test('matrices of one size decomposed together have the numbers they have alone, and their own errors', async () => {
    const batched = await opened({ batch: 8 });
    try {
      const first = batched.spectrum(tensorFile(gaussian(300 * 300), [300, 300]));
      const half = gaussian(10 * 40, 8);
      const matrices = [
        tensorFile(gaussian(20 * 40, 1), [20, 40]),
        tensorFile([...half, ...half], [20, 40]),
        tensorFile(gaussian(60 * 20, 2), [60, 20], 'F32'),
      ];
      const together = await Promise.all(matrices.map((matrix) => batched.spectrum(matrix)));
      for (const [index, { eigenvalues }] of together.entries()) {
        const alone = (await portable.spectrum(matrices[index] as TensorLocation)).eigenvalues;
        const from = index === 1 ? 10 : 0;
        expect(apart(eigenvalues.subarray(from), alone.subarray(from))).toBeLessThan(1e-9);
      }
      const mixed = await Promise.allSettled([
        batched.spectrum(tensorFile(gaussian(300 * 300), [300, 300])),
        batched.spectrum(tensorFile([1, Number.NaN, 1, 1], [2, 2])),
        batched.spectrum(tensorFile([3, 0, 0, 1], [2, 2])),
      ]);
      expect(mixed.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect((await first).eigenvalues.length).toBe(300);
    } finally {
      await batched.close();
    }
  });

  test('a matrix too large for the memory says so, and the next one is answered', async () => {
    const limited = join(folder, 'limited');
    writeFileSync(limited, `#!/bin/sh\nulimit -v 6000000\nexec "${python}" "$@"\n`);
    chmodSync(limited, 0o755);
    const engine = await opened({ python: limited });
    try {
      const file = join(folder, 'sparse.bin');
      const descriptor = openSync(file, 'w');
      ftruncateSync(descriptor, 2 ** 30);
      closeSync(descriptor);
      await expect(
        engine.spectrum({ name: 'huge', dtype: 'F8_E4M3', shape: [2 ** 15, 2 ** 15], file, begin: 0, end: 2 ** 30 }),
      ).rejects.toMatchObject({ code: 'device-memory', message: expect.stringContaining('"huge"') });
      expect((await engine.spectrum(tensorFile([3], [1, 1]))).eigenvalues[0]).toBe(9);
    } finally {
      await engine.close();
    }
  });

  test.skipIf(process.platform !== 'linux')('a worker that is killed is started again once', async () => {
    const announcing = join(folder, 'announcing');
    const pids = join(folder, 'pids');
    writeFileSync(announcing, `#!/bin/sh\necho $$ >> "${pids}"\necho last words >&2\nexec "${python}" "$@"\n`);
    chmodSync(announcing, 0o755);
    const engine = await opened({ python: announcing });
    const kill = (): void => {
      process.kill(Number(readFileSync(pids, 'utf8').trim().split('\n').at(-1)), 'SIGKILL');
    };
    // Opening a pipe that nobody writes to keeps the worker at work until it is killed.
    const pipe = join(folder, 'pipe');
    spawnSync('mkfifo', [pipe]);
    const endless = { ...tensorFile([1], [1, 1]), file: pipe };
    try {
      for (const life of [1, 2]) {
        expect((await engine.spectrum(tensorFile([2], [1, 1]))).eigenvalues[0]).toBe(4);
        const started = engine.spectrum(endless);
        const waiting = engine.spectrum(tensorFile([3], [1, 1]));
        setTimeout(kill, 500);
        const settled = Promise.allSettled([started, waiting]);
        await expect(started).rejects.toMatchObject({
          code: 'engine-failed',
          cause: expect.stringMatching(/SIGKILL\nlast words/),
        });
        expect((await settled)[1]).toMatchObject(
          life === 1
            ? { value: { eigenvalues: Float64Array.of(9) } }
            : { status: 'rejected', reason: { code: 'engine-failed' } },
        );
      }
      await expect(engine.spectrum(tensorFile([3], [1, 1]))).rejects.toMatchObject({ code: 'engine-failed' });
    } finally {
      await engine.close();
    }
  });

  test.skipIf(process.platform === 'win32')('no worker outlives a command that was killed outright', async () => {
    const [announcing, pids] = [join(folder, 'orphan'), join(folder, 'orphan-pids')];
    writeFileSync(announcing, `#!/bin/sh\necho $$ >> "${pids}"\nexec "${python}" "$@"\n`);
    chmodSync(announcing, 0o755);
    const main = new URL('../../src/cli/main.ts', import.meta.url).pathname;
    const args = ['diagnose', 'examples/tiny/checkpoints/base', '--engine', 'torch', '--no-cache'];
    const command = spawn(process.execPath, [main, ...args], {
      stdio: 'ignore',
      env: { ...process.env, SKIAGRAM_PYTHON: announcing },
    });
    while (!existsSync(pids) && command.exitCode === null) await sleep(5);
    command.kill('SIGKILL');
    await gone([Number(readFileSync(pids, 'utf8'))]);
  });

  test('auto tries it where there are signs of a GPU, and says so where torch cannot use it', async () => {
    const programs = mkdtempSync(join(folder, 'path-'));
    writeFileSync(join(programs, 'nvidia-smi'), '#!/bin/sh\n');
    chmodSync(join(programs, 'nvidia-smi'), 0o755);
    const { stdout, stderr, exitCode } = await skiagram(['diagnose', 'examples/tiny/checkpoints/base', '--no-cache'], {
      env: { PATH: `${programs}:${process.env.PATH}`, SKIAGRAM_PYTHON: python as string },
    });
    expect(exitCode).toBe(0);
    if (stdout.includes('CUDA')) expect(stdout).toContain('torch engine');
    else expect(stderr).toContain(`the torch of ${python} cannot use it`);
  });

  test('closing rejects what is open and leaves no process', async () => {
    const engine = await opened();
    const open = engine.spectrum(tensorFile(gaussian(900 * 900), [900, 900]));
    const closing = engine.close();
    await expect(open).rejects.toThrow('closed');
    await closing;
    await expect(engine.spectrum(tensorFile([3], [1, 1]))).rejects.toThrow('closed');
  });
});
