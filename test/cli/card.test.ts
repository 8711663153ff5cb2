import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type HubStandIn, hubStandIn } from '../card/hub-stand-in.ts';
import { skiagram } from './skiagram.ts';

const run = inject('exampleRun');
const folder = (): string => mkdtempSync(join(tmpdir(), 'skiagram-card-'));
let hub: HubStandIn;
beforeAll(async () => {
  hub = await hubStandIn();
});
afterAll(() => hub.close());

test('one card each checkpoint, every format', async () => {
  const out = folder();
  const done = await skiagram(['card', run, '--out', out, '--json']);
  expect(done.exitCode, done.stderr).toBe(0);
  const { wrote, leftOut } = JSON.parse(done.stdout);
  expect(readdirSync(out).sort()).toEqual(['base', 'broad', 'broad-1', 'broad-2', 'narrow', 'rebuilt']);
  expect(readdirSync(join(out, 'narrow')).sort()).toEqual([
    'card.json',
    'card.md',
    'every-eval-ever',
    'model-index.yaml',
  ]);
  expect(wrote).toHaveLength(30);
  expect(leftOut[0]).toMatchObject({ checkpoint: 'base', format: 'eval-results' });
});

test.each([
  ['a format', ['--format', 'modelindex'], 'Did you mean "model-index"'],
  ['a source', ['--source', 'javascript:alert(1)'], 'http://'],
  ['several for one README', ['--into', 'README.md'], '--checkpoint'],
  ['a README for JSON', ['--checkpoint', 'narrow', '--into', 'README.md', '--format', 'json'], 'model-index'],
  ['--yes alone', ['--yes'], '--push'],
])('usage error: %s', async (_, args, part) => {
  const cwd = folder();
  const done = await skiagram(['card', run, ...args], { cwd });
  expect([done.exitCode, done.stderr]).toEqual([2, expect.stringContaining(part)]);
  expect(readdirSync(cwd)).toEqual([]);
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

test('a pull request is shown, and opened only with --yes; the token is printed nowhere', async () => {
  const token = 'hf_thisIsATestTokenAndNoSecret';
  const args = ['card', run, '--checkpoint', 'narrow', '--push', 'org/model'];
  const env = { HF_ENDPOINT: hub.url, HF_TOKEN: token };
  const dry = await skiagram(args, { env });
  expect([dry.exitCode, dry.stdout]).toEqual([0, expect.stringContaining('Nothing was sent')]);
  expect(dry.stdout).toContain('adds README.md');
  expect(hub.seen.every(({ method }) => method === 'GET')).toBe(true);
  const sent = await skiagram([...args, '--yes', '--verbose'], { env });
  expect([sent.exitCode, sent.stdout]).toEqual([
    0,
    expect.stringContaining(`Opened ${hub.url}/org/model/discussions/1`),
  ]);
  expect(hub.seen.filter(({ url }) => url.includes('/commit/'))).toHaveLength(1);
  for (const done of [dry, sent]) expect(done.stdout + done.stderr).not.toContain(token);
});
