import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import type { CardFormatId } from '../../src/card/format.ts';
import { preparePullRequest, repoName, sendPullRequest } from '../../src/pipeline/push-card.ts';
import { exampleCard } from '../card/example-card.ts';
import { commit, type HubStandIn, hubStandIn } from '../card/hub-stand-in.ts';

const card = exampleCard(inject('exampleRun'), 'narrow', undefined, {
  datasets: { tiny_sorting_late: { id: 'org/sorting', task_id: 'late', scale: 'percent' } },
});
const token = 'hf_thisIsATestTokenAndNoSecret';
const usual: readonly CardFormatId[] = ['md', 'model-index', 'eval-results'];
let hub: HubStandIn;
beforeAll(async () => {
  hub = await hubStandIn();
});
afterAll(() => hub.close());
beforeEach(() => {
  hub.seen = [];
  hub.files = { 'README.md': '---\nlicense: mit # kept\n---\r\n# Mine\n' };
});
const prepare = (formats = usual, more: { repo?: string; accessToken?: string } = {}) =>
  preparePullRequest(card, formats, { repo: 'org/model', hubUrl: hub.url, ...more });

test('preparing only reads, and changes nothing of the README but the card', async () => {
  const request = await prepare();
  expect(hub.seen.every(({ method }) => method === 'GET')).toBe(true);
  expect(request).toMatchObject({ repo: 'org/model', parent: commit });
  expect(request.files.map(({ path, existed }) => [path, existed])).toEqual([
    ['README.md', true],
    ['.eval_results/tiny.yaml', false],
  ]);
  const [readme] = request.files;
  expect(readme?.text.startsWith('---\nlicense: mit # kept\nmodel-index:')).toBe(true);
  expect(readme?.text).toContain('---\r\n# Mine\n\n<!-- skiagram:begin -->');
});

test('sending opens a pull request on what was read, with exactly the files that were prepared', async () => {
  const request = await prepare();
  expect(await sendPullRequest(request, { repo: 'org/model', hubUrl: hub.url, accessToken: token })).toBe(
    `${hub.url}/org/model/discussions/1`,
  );
  const sent = hub.seen.find(({ url }) => url.includes('/commit/'));
  expect(sent).toMatchObject({
    method: 'POST',
    url: '/api/models/org/model/commit/main?create_pr=1',
    authorization: `Bearer ${token}`,
  });
  const [header, ...operations] = (sent?.body ?? '').split('\n').map((line) => JSON.parse(line));
  expect(header.value).toMatchObject({ parentCommit: commit, summary: request.title });
  expect(operations.map(({ value }) => [value.path, Buffer.from(value.content, 'base64').toString()])).toEqual(
    request.files.map(({ path, text }) => [path, text]),
  );
});

test('other formats have a folder of their own; what the repository holds already is no change', async () => {
  const formats: readonly CardFormatId[] = [...usual, 'json', 'every-eval-ever'];
  const { files } = await prepare(formats);
  expect(files.map(({ path }) => path)).toEqual([
    'README.md',
    '.eval_results/tiny.yaml',
    'skiagram/card.json',
    'skiagram/every-eval-ever/tiny.json',
    'skiagram/every-eval-ever/weights/spectra.json',
  ]);
  hub.files = Object.fromEntries(files.map(({ path, text }) => [path, text]));
  expect((await prepare(formats)).files).toEqual([]);
});

test.each([
  ['no right', 'org/gated', 'hub-refused', '403'],
  ['no such model', 'org/none', 'hub-not-found', 'org/none'],
])('%s is an error to act on, in which the token does not stand', async (_, repo, code, part) => {
  const failure = await prepare(usual, { repo, accessToken: token }).catch((thrown) => thrown);
  expect(failure).toMatchObject({ code, message: expect.stringContaining(part) });
  expect(JSON.stringify({ ...failure, message: failure.message, cause: failure.cause })).not.toContain(token);
});

test('without a token, with another one, out of reach and with damaged markers nothing is sent', async () => {
  const request = await prepare();
  const access = { repo: 'org/model', hubUrl: hub.url };
  await expect(sendPullRequest(request, access)).rejects.toMatchObject({ code: 'hub-token', exitCode: 2 });
  const broken = await preparePullRequest(card, usual, { ...access, accessToken: `${token}\u0000` }).catch(
    (thrown) => thrown,
  );
  expect(broken).toMatchObject({ code: 'hub-failed' });
  expect(broken.message).not.toContain(token);
  const wrong = await sendPullRequest(request, { ...access, accessToken: 'someone-elses' }).catch((thrown) => thrown);
  expect(wrong).toMatchObject({ code: 'hub-token' });
  expect(wrong.message).not.toContain('someone-elses');
  await expect(
    preparePullRequest(card, usual, { repo: 'org/model', hubUrl: 'http://127.0.0.1:1' }),
  ).rejects.toMatchObject({ code: 'hub-failed' });
  hub.files = { 'README.md': '<!-- skiagram:begin -->\n' };
  await expect(prepare()).rejects.toMatchObject({ code: 'card-markers' });
  expect(hub.seen.every(({ method }) => method === 'GET')).toBe(true);
});

test('what is stopped stops', async () => {
  const controller = new AbortController();
  controller.abort(new Error('stopped'));
  await expect(
    preparePullRequest(card, usual, { repo: 'org/model', hubUrl: hub.url, signal: controller.signal }),
  ).rejects.toThrow('stopped');
});

test.each(['../x', 'org/model@main', 'model', 'https://example.org/a/b', 'org/model/x', ''])(
  '%j is no repository',
  (text) => {
    expect(() => repoName(text)).toThrow(expect.objectContaining({ code: 'repo-invalid', exitCode: 2 }));
  },
);
