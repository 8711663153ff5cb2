import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { skiagram } from './skiagram.ts';

const run = inject('exampleRun');
const folder = (): string => mkdtempSync(join(tmpdir(), 'skiagram-card-'));

test('one card each checkpoint, every format, and the same bytes again', async () => {
  const [one, two] = [folder(), folder()];
  const done = await skiagram(['card', run, '--out', one, '--json']);
  expect(done.exitCode, done.stderr).toBe(0);
  const { wrote, leftOut } = JSON.parse(done.stdout);
  expect(readdirSync(one).sort()).toEqual(['base', 'broad', 'broad-1', 'broad-2', 'narrow', 'rebuilt']);
  expect(readdirSync(join(one, 'narrow')).sort()).toEqual([
    'card.json',
    'card.md',
    'every-eval-ever',
    'model-index.yaml',
  ]);
  expect(wrote).toHaveLength(30);
  expect(leftOut[0]).toMatchObject({ checkpoint: 'base', format: 'eval-results' });
  await skiagram(['card', run, '--out', two]);
  for (const path of wrote as string[]) expect(readFileSync(path.replace(one, two))).toEqual(readFileSync(path));
});

test('places on the hub from a file; the results file stands where the hub looks for it', async () => {
  const out = folder();
  const datasets = join(out, 'datasets.yaml');
  writeFileSync(datasets, 'tiny_sorting_late: {id: org/sorting, task_id: late, scale: percent}\n');
  const args = ['card', run, '--checkpoint', 'narrow', '--format', 'eval-results', '--out', out];
  const done = await skiagram([...args, '--datasets', datasets]);
  expect(done.exitCode, done.stderr).toBe(0);
  expect(readFileSync(join(out, 'narrow/.eval_results/tiny.yaml'), 'utf8')).toContain('value: 97.5');
  writeFileSync(datasets, 'tiny_sorting_late: {id: org/sorting, task: late, scale: percent}\n');
  const refused = await skiagram([...args, '--datasets', datasets]);
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain('tiny_sorting_late');
});

test.each([
  ['a format', ['--format', 'modelindex'], 'Did you mean "model-index"'],
  ['a checkpoint', ['--checkpoint', 'narow'], 'narrow'],
  ['a source', ['--source', 'javascript:alert(1)'], 'http://'],
  ['several for one README', ['--into', 'README.md'], '--checkpoint'],
  ['a repository', ['--checkpoint', 'narrow', '--push', '../x'], 'org/name'],
  ['--yes alone', ['--yes'], '--push'],
  ['--push offline', ['--checkpoint', 'narrow', '--push', 'org/model', '--offline'], '--offline'],
  ['a datasets file', ['--datasets', 'no-such.yaml'], 'no such file'],
])('usage error: %s', async (_, args, part) => {
  const cwd = folder();
  const done = await skiagram(['card', run, ...args], { cwd });
  expect([done.exitCode, done.stderr]).toEqual([2, expect.stringContaining(part)]);
  expect(readdirSync(cwd)).toEqual([]);
});

test('no run is said with what to do', async () => {
  const done = await skiagram(['card', folder()]);
  expect([done.exitCode, done.stderr]).toEqual([2, expect.stringContaining('skiagram run')]);
});

test('into a README: the card of the one checkpoint named, and nothing else is written', async () => {
  const place = folder();
  const readme = join(place, 'README.md');
  writeFileSync(readme, '---\nlicense: mit\n---\n# Mine\n');
  const args = ['card', run, '--checkpoint', 'narrow', '--into', readme, '--model', 'org/tiny'];
  expect((await skiagram(args)).stdout).toContain('wrote');
  const text = readFileSync(readme, 'utf8');
  expect(text.startsWith('---\nlicense: mit\nmodel-index:\n  - name: "tiny"')).toBe(true);
  expect((await skiagram(args)).stdout).toContain('unchanged');
  expect(readFileSync(readme, 'utf8')).toBe(text);
  expect(readdirSync(place)).toEqual(['README.md']);
  expect(existsSync(join(run, 'cards'))).toBe(false);
});

/** A hub of one model, as the public API answers; what it is sent is kept. */
describe('a pull request', () => {
  const commit = 'a'.repeat(40);
  const token = 'hf_thisIsATestTokenAndNoSecret';
  let server: Server;
  let hub = '';
  let files: Record<string, string> = {};
  let seen: { method: string; url: string; authorization: string | undefined; body: string }[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        const url = request.url ?? '';
        seen.push({ method: request.method ?? '', url, authorization: request.headers.authorization, body });
        const json = (status: number, value: unknown): void =>
          void response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
        if (url.includes('org/gated')) return json(403, { error: `No access with ${request.headers.authorization}` });
        if (!url.includes('org/model')) return json(404, { error: 'Repository not found' });
        if (url.startsWith('/api/models/org/model/revision/'))
          return json(200, {
            _id: '1',
            id: 'org/model',
            sha: commit,
            tags: [],
            downloads: 0,
            likes: 0,
            private: false,
            gated: false,
            lastModified: '2026-01-01T00:00:00.000Z',
          });
        if (url.startsWith('/api/models/org/model/preupload/'))
          return json(200, {
            files: JSON.parse(body).files.map(({ path }: { path: string }) => ({ path, uploadMode: 'regular' })),
          });
        if (url.startsWith('/api/models/org/model/commit/'))
          return json(200, {
            pullRequestUrl: `${hub}/org/model/discussions/1`,
            commitOid: commit,
            commitUrl: hub,
            hookOutput: '',
          });
        const content = files[decodeURIComponent(url.split(`/resolve/${commit}/`)[1] ?? '')];
        if (content === undefined)
          return void response
            .writeHead(404, { 'X-Error-Code': 'EntryNotFound', 'Content-Type': 'application/json' })
            .end('{"error": "Entry not found"}');
        const bytes = Buffer.from(content);
        const range = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '');
        if (!range) return void response.writeHead(200, { 'Content-Length': bytes.length, ETag: '"x"' }).end(bytes);
        const part = bytes.subarray(Number(range[1]), range[2] === '' ? bytes.length : Number(range[2]) + 1);
        response
          .writeHead(206, {
            'Content-Range': `bytes ${range[1]}-${Number(range[1]) + part.length - 1}/${bytes.length}`,
            ETag: '"x"',
          })
          .end(part);
      });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    hub = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());
  beforeEach(() => {
    seen = [];
    files = { 'README.md': '---\nlicense: mit # kept\n---\r\n# Mine\n' };
  });
  const push = (more: string[] = [], env: Record<string, string> = {}, repo = 'org/model') =>
    skiagram(['card', run, '--checkpoint', 'narrow', '--push', repo, ...more], {
      env: { HF_ENDPOINT: hub, HF_TOKEN: '', ...env },
    });

  test('is only shown without --yes: nothing but reading reaches the hub', async () => {
    const done = await push();
    expect(done.exitCode, done.stderr).toBe(0);
    expect(done.stdout).toContain('Pull request to org/model');
    expect(done.stdout).toContain('README.md');
    expect(done.stdout).toContain('Nothing was sent');
    expect(seen.every(({ method }) => method === 'GET')).toBe(true);
    const shown = await push(['--json']);
    const { pullRequest } = JSON.parse(shown.stdout);
    expect(pullRequest).toMatchObject({ sent: false, parent: commit, files: [{ path: 'README.md', existed: true }] });
    expect(pullRequest.files[0].text).toContain('license: mit # kept\nmodel-index:');
    expect(pullRequest.files[0].text).toContain('---\r\n# Mine\n');
  });

  test('is opened with --yes, based on what was read, with exactly what was shown', async () => {
    const dry = JSON.parse((await push(['--json'])).stdout).pullRequest;
    seen = [];
    const done = await push(['--yes'], { HF_TOKEN: token });
    expect(done.exitCode, done.stderr).toBe(0);
    expect(done.stdout).toContain(`Opened ${hub}/org/model/discussions/1`);
    const sent = seen.find(({ url }) => url.includes('/commit/'));
    expect(sent).toMatchObject({
      method: 'POST',
      url: expect.stringContaining('?create_pr=1'),
      authorization: `Bearer ${token}`,
    });
    const [header, ...operations] = (sent?.body ?? '').split('\n').map((line) => JSON.parse(line));
    expect(header.value).toMatchObject({ parentCommit: commit, summary: dry.title });
    expect(
      operations.map(({ key, value }) => [key, value.path, Buffer.from(value.content, 'base64').toString()]),
    ).toEqual([['file', 'README.md', dry.files[0].text]]);
    expect(done.stdout + done.stderr).not.toContain(token);
  });

  test('result files and other formats have their places; what is there already is not sent again', async () => {
    const place = folder();
    writeFileSync(join(place, 'd.yaml'), 'tiny_sorting_late: {id: org/sorting, task_id: late, scale: percent}\n');
    const more = ['--json', '--datasets', join(place, 'd.yaml'), '--format', 'md,model-index,eval-results,json'];
    const { pullRequest } = JSON.parse((await push(more)).stdout);
    expect(pullRequest.files.map(({ path }: { path: string }) => path)).toEqual([
      'README.md',
      '.eval_results/tiny.yaml',
      'skiagram/card.json',
    ]);
    files = Object.fromEntries(pullRequest.files.map(({ path, text }: { path: string; text: string }) => [path, text]));
    const again = await push([...more.filter((one) => one !== '--json'), '--yes'], { HF_TOKEN: token });
    expect(again.stdout).toContain('nothing is to be sent');
    expect(seen.some(({ method }) => method === 'POST')).toBe(false);
  });

  test.each([
    ['no token', 'org/model', '', 2, 'HF_TOKEN'],
    ['no token of the hub', 'org/model', 'secret-of-someone-else', 2, 'hf_'],
    ['no right', 'org/gated', token, 3, '403'],
    ['no such model', 'org/none', token, 3, 'org/none'],
  ])('%s is an error to act on, in which the token does not stand', async (_, repo, secret, code, part) => {
    const done = await push(['--yes', '--verbose'], { HF_TOKEN: secret }, repo);
    expect([done.exitCode, done.stderr]).toEqual([code, expect.stringContaining(part)]);
    if (secret !== '') expect(done.stdout + done.stderr).not.toContain(secret);
    expect(seen.some(({ method }) => method === 'POST')).toBe(false);
  });

  test('a hub out of reach is an error to act on', async () => {
    const done = await push([], { HF_ENDPOINT: 'http://127.0.0.1:1' });
    expect([done.exitCode, done.stderr]).toEqual([3, expect.stringContaining('HF_ENDPOINT')]);
  });

  test('a README on the hub with damaged markers is refused', async () => {
    files = { 'README.md': '<!-- skiagram:begin -->\n' };
    const done = await push(['--yes'], { HF_TOKEN: token });
    expect([done.exitCode, done.stderr]).toEqual([3, expect.stringContaining('README.md')]);
    expect(seen.some(({ method }) => method === 'POST')).toBe(false);
  });
});
