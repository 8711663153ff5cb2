import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { randomStream } from '../../src/base/random.ts';
import { userCache } from '../../src/pipeline/spectrum-store.ts';
import { f32, folderOf, safetensors } from '../checkpoint/write-safetensors.ts';
import { skiagram } from '../cli/skiagram.ts';

const matrices = 60;
let [model, base] = ['', ''];
beforeAll(async () => {
  [model, base] = [await checkpoint(1), await checkpoint(2)];
});

function checkpoint(seed: number): Promise<string> {
  const random = randomStream(seed);
  const tensors = Object.fromEntries(
    Array.from({ length: matrices }, (_, layer) => [
      `model.layers.${layer}.mlp.up_proj.weight`,
      f32(
        [64, 96],
        Array.from({ length: 64 * 96 }, () => random.normal()),
      ),
    ]),
  );
  return folderOf({ 'model.safetensors': safetensors(tensors) });
}

const scratch = (): string => mkdtempSync(join(tmpdir(), 'skiagram-kept-'));
/** Whole results in a cache folder. */
const kept = (folder: string): string[] =>
  existsSync(join(folder, 'spectra'))
    ? readdirSync(join(folder, 'spectra'), { recursive: true })
        .map((name) => join(folder, 'spectra', String(name)))
        .filter((name) => name.endsWith('.f64'))
    : [];

async function diagnose(args: readonly string[]): Promise<{ stdout: string; computed: number; reused: number }> {
  const { stdout, stderr, exitCode } = await skiagram(['diagnose', ...args, '--json']);
  expect(exitCode, stderr).toBe(0);
  const [, computed, reused] = /(\d+) computed, (\d+) from/.exec(stderr) ?? [];
  return { stdout, computed: Number(computed ?? Number.NaN), reused: Number(reused ?? 0) };
}

/** Starts a diagnosis of its own process and kills it outright once `count` results are kept. */
async function killed(args: readonly string[], folder: string, count: number): Promise<void> {
  const main = new URL('../../src/cli/main.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [main, 'diagnose', ...args, '--jobs', '1'], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  while (child.exitCode === null && kept(folder).length < count) await sleep(1);
  await sleep(Math.random() * 10);
  child.kill('SIGKILL');
  await ended;
}

test('killed at random moments and started again, nothing that was kept is computed again and the bytes are the same', async () => {
  const args = [model, '--base', base];
  const whole = await diagnose([...args, '--no-cache']);
  const [folder, all] = [scratch(), 3 * matrices];
  let before = 0;
  for (let round = 0; round < 4 && before < all - 10; round++) {
    await killed([...args, '--cache', folder], folder, before + 1 + Math.floor(Math.random() * 40));
    const now = kept(folder).length;
    expect(now).toBeGreaterThan(before);
    before = now;
  }
  const resumed = await diagnose([...args, '--cache', folder]);
  expect(resumed.stdout).toBe(whole.stdout);
  expect(resumed.reused).toBe(before);
  const asked = resumed.computed + resumed.reused;
  expect(kept(folder).length).toBe(asked);
  // Spectra of both checkpoints and sums of every pair, and nulls where the effective rank moved.
  expect(asked).toBeGreaterThanOrEqual(all);
  expect(await diagnose([...args, '--cache', folder])).toEqual({ stdout: whole.stdout, computed: 0, reused: asked });
}, 120_000);

test('a damaged result is computed anew, an empty or foreign file too', async () => {
  const folder = scratch();
  const first = await diagnose([model, '--cache', folder]);
  const [flipped, emptied, foreign] = kept(folder) as [string, string, string];
  const bytes = readFileSync(flipped);
  bytes.writeDoubleLE(1e9, bytes.length - 8);
  writeFileSync(flipped, bytes);
  writeFileSync(emptied, '');
  writeFileSync(foreign, 'not a spectrum');
  expect(await diagnose([model, '--cache', folder])).toEqual({
    stdout: first.stdout,
    computed: 3,
    reused: matrices - 3,
  });
});

test('equal weights under another name and in another file are found again', async () => {
  const folder = scratch();
  await diagnose([model, '--cache', folder]);
  const copy = await folderOf({ 'other.safetensors': readFileSync(join(model, 'model.safetensors')) });
  expect(await diagnose([copy, '--cache', folder])).toMatchObject({ computed: 0, reused: matrices });
});

test('--no-cache leaves nothing behind', async () => {
  const home = scratch();
  const { exitCode } = await skiagram(['diagnose', model, '--no-cache'], { env: { SKIAGRAM_CACHE: home } });
  expect([exitCode, readdirSync(home)]).toEqual([0, []]);
});

test('where the cache cannot be written, one warning is given and the numbers are the same', async () => {
  const file = join(scratch(), 'file');
  writeFileSync(file, '');
  const broken = await skiagram(['diagnose', model, '--json', '--cache', join(file, 'below')]);
  expect(broken.exitCode).toBe(0);
  expect(broken.stderr.match(/not kept for the next time/g)).toHaveLength(1);
  expect(broken.stdout).toBe((await diagnose([model, '--no-cache'])).stdout);
});

test.skipIf(process.getuid?.() === 0)('results that cannot be read are computed', async () => {
  const folder = scratch();
  const cache = userCache(folder, () => {});
  await cache.set('key', Float64Array.of(1));
  for (const file of kept(folder)) chmodSync(file, 0);
  expect(await userCache(folder, () => {}).get('key')).toBeUndefined();
});

test('without a folder results live as long as the cache does, and each is counted once', async () => {
  const cache = userCache(undefined, () => {});
  await cache.set('key', Float64Array.of(1, 2));
  expect(await cache.get('key')).toEqual(Float64Array.of(1, 2));
  expect(await cache.get('other')).toBeUndefined();
  expect(cache.counts).toEqual({ computed: 1, reused: 0 });
});
