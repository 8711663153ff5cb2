import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readlink, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Fetching, hubFromEnvironment } from '../../src/checkpoint/hub.ts';
import { hubId } from '../../src/checkpoint/hub-id.ts';
import { openCheckpoint } from '../../src/checkpoint/open.ts';
import { f32, folderOf, safetensors } from './write-safetensors.ts';

const weights = safetensors({ 'model.layers.0.mlp.up_proj.weight': f32([2, 2], [1, 2, 3, 4]) });
const commit = 'a'.repeat(40);
const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const files: Record<string, Buffer> = {
  'config.json': Buffer.from('{"model_type": "llama"}'),
  'model.safetensors': weights,
  'pytorch_model.bin': Buffer.from('not fetched'),
  'README.md': Buffer.from('not fetched either'),
};

/** A hub of one model, `org/model`, a gated and a damaged one, as the public API answers. */
let server: Server;
let hubUrl = '';
const asked: string[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://hub');
    asked.push(url.pathname);
    const json = (status: number, value: unknown): void =>
      void response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
    const repo = /\/(org\/[a-z]+)/.exec(url.pathname)?.[1] ?? '';
    if (repo === 'org/gated') return json(403, { error: 'Access to model org/gated is restricted.' });
    if (repo !== 'org/model' && repo !== 'org/damaged') return json(404, { error: 'Repository not found' });
    if (url.pathname.startsWith(`/api/models/${repo}/revision/`))
      return json(200, {
        _id: '1',
        id: repo,
        modelId: repo,
        sha: commit,
        tags: [],
        downloads: 0,
        likes: 0,
        private: false,
        gated: false,
        lastModified: '2026-01-01T00:00:00.000Z',
      });
    if (url.pathname.startsWith(`/api/models/${repo}/tree/${commit}`))
      return json(200, [
        ...Object.entries(files).map(([path, content]) => ({
          type: 'file',
          path,
          size: content.length,
          oid: 'b'.repeat(40),
          ...(path.endsWith('.json')
            ? {}
            : {
                lfs: {
                  oid: repo === 'org/damaged' ? 'c'.repeat(64) : sha(content),
                  size: content.length,
                  pointerSize: 1,
                },
              }),
        })),
        { type: 'directory', path: 'onnx', size: 0, oid: 'd'.repeat(40) },
        { type: 'file', path: '../evil.safetensors', size: 3, oid: 'e'.repeat(40) },
      ]);
    const content = files[url.pathname.split('/').at(-1) ?? ''];
    if (!content) return json(404, { error: 'Entry not found' });
    const range = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '');
    if (!range) return void response.writeHead(200, { 'Content-Length': content.length, ETag: '"x"' }).end(content);
    const part = content.subarray(Number(range[1]), range[2] === '' ? content.length : Number(range[2]) + 1);
    response
      .writeHead(206, {
        'Content-Range': `bytes ${range[1]}-${Number(range[1]) + part.length - 1}/${content.length}`,
        'Content-Length': part.length,
        ETag: '"x"',
      })
      .end(part);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  hubUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const hub = async (more: Partial<Fetching> = {}): Promise<Fetching> => ({
  cacheDir: await mkdtemp(join(tmpdir(), 'skiagram-hub-')),
  hubUrl,
  offline: false,
  ...more,
});

describe('a hub id', () => {
  test('fetches config and one format of weights, with progress, into a cache in the usual layout', async () => {
    const seen: string[] = [];
    const fetching = await hub({ onDownload: (done, total, file) => seen.push(`${file} ${done}/${total}`) });
    const checkpoint = await openCheckpoint('org/model', { hub: fetching });
    const local = await openCheckpoint(await folderOf({ 'm.safetensors': weights }));
    expect(checkpoint.fingerprint).toBe(local.fingerprint);
    expect(checkpoint).toMatchObject({ path: 'org/model', architecture: 'llama' });
    const bytes = weights.length + (files['config.json']?.length ?? 0);
    expect(seen.at(-1)).toBe(`model.safetensors ${bytes}/${bytes}`);
    expect(asked.some((path) => /README|pytorch_model|evil/.test(path))).toBe(false);
    const snapshot = join(fetching.cacheDir, 'models--org--model', 'snapshots', commit);
    expect(await readlink(join(snapshot, 'model.safetensors'))).toBe(join('..', '..', 'blobs', sha(weights)));

    // Again, from the cache: offline, with the hub gone, and by the folder itself.
    asked.length = 0;
    for (const [path, again] of [
      ['hf://org/model', { ...fetching, offline: true }],
      ['org/model@main', { ...fetching, hubUrl: 'http://127.0.0.1:9' }],
      [join(fetching.cacheDir, 'models--org--model'), undefined],
    ] as const)
      expect((await openCheckpoint(path, { hub: again })).fingerprint).toBe(local.fingerprint);
    expect(asked).toEqual([]);
  });

  test.each([
    ['org/nothing', {}, 'hub-not-found', 'no model org/nothing'],
    ['org/gated', {}, 'hub-gated', '403'],
    ['org/damaged', {}, 'hub-failed', 'came damaged'],
    ['org/model', { offline: true }, 'hub-offline', 'not in the cache'],
    ['org/model', { hubUrl: 'http://127.0.0.1:9' }, 'hub-failed', 'is no path that exists'],
    ['org/model', { accessToken: 'secret' }, 'hub-failed', 'token'],
  ])('%s with %j is %s', async (path, more, code, what) => {
    const error = await openCheckpoint(path, { hub: await hub(more) }).catch((thrown) => thrown);
    expect(error).toMatchObject({ name: 'SkiagramError', code, message: expect.stringContaining(what) });
    expect(error.message).not.toContain('secret');
  });

  test('is no hub id where a path of that name exists', async () => {
    const folder = await folderOf({});
    await mkdir(join(folder, 'org'));
    await writeFile(join(folder, 'org', 'model'), 'x');
    asked.length = 0;
    const before = process.cwd();
    try {
      process.chdir(folder);
      await expect(openCheckpoint('org/model', { hub: await hub() })).rejects.toMatchObject({
        code: 'checkpoint-empty',
      });
    } finally {
      process.chdir(before);
    }
    expect(asked).toEqual([]);
  });

  test('is not looked for where no way to the hub is given', async () => {
    await expect(openCheckpoint('org/model')).rejects.toMatchObject({ code: 'checkpoint-missing' });
  });
});

test('a cache made by others, with links and refs, is opened at its main revision', async () => {
  const folder = join(await folderOf({}), 'models--org--other');
  await mkdir(join(folder, 'blobs'), { recursive: true });
  await mkdir(join(folder, 'refs'), { recursive: true });
  await mkdir(join(folder, 'snapshots', commit), { recursive: true });
  await writeFile(join(folder, 'blobs', 'x'), weights);
  await writeFile(join(folder, 'refs', 'main'), `${commit}\n`);
  await symlink('../../blobs/x', join(folder, 'snapshots', commit, 'model.safetensors'));
  expect((await openCheckpoint(folder)).matrices).toHaveLength(1);
  expect((await openCheckpoint(join(folder, 'snapshots', commit))).matrices).toHaveLength(1);
});

test.each([
  ['org/name', { repo: 'org/name', revision: 'main' }],
  ['hf://org/na.me-1@v1.0', { repo: 'org/na.me-1', revision: 'v1.0' }],
  ['./org/name', undefined],
  ['/org/name', undefined],
  ['org/name/more', undefined],
  ['../name', undefined],
  ['name', undefined],
  ['org/name@a..b', undefined],
])('%s as a hub id is %j', (text, id) => {
  expect(hubId(text)).toEqual(id);
});

test('the environment is read as huggingface_hub reads it', () => {
  expect(
    hubFromEnvironment(
      { HF_HOME: '/h', HF_ENDPOINT: 'http://e/', HF_TOKEN: 'hf_t', HF_HUB_OFFLINE: '1' },
      { offline: false },
    ),
  ).toEqual({ cacheDir: join('/h', 'hub'), hubUrl: 'http://e', accessToken: 'hf_t', offline: true });
  expect(hubFromEnvironment({ HF_HUB_CACHE: '/c', HF_HOME: '/h' }, { offline: true })).toMatchObject({
    cacheDir: '/c',
    offline: true,
  });
  expect(hubFromEnvironment({ XDG_CACHE_HOME: '/x' }, { offline: false }).cacheDir).toBe(
    join('/x', 'huggingface', 'hub'),
  );
});
