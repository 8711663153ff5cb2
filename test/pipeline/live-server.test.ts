import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import type { Config } from '../../src/config/config.ts';
import type { Dossier } from '../../src/dossier/dossier.ts';
import { findHarness } from '../../src/pipeline/find-harness.ts';
import { skiagram } from '../cli/skiagram.ts';
import { exampleFolder } from './example.ts';

const harness = await findHarness(undefined, '.').catch(() => undefined);
if (!harness) console.log('test/pipeline/live-server.test.ts is skipped: there is no .venv with lm-eval here.');

/** Answers as llama.cpp's server does: one token a character, with a log-probability that depends on the address alone. */
const server = createServer(async (request, response) => {
  const { prompt } = JSON.parse(await text(request)) as { prompt: string };
  asked.push(request.url ?? '');
  const tokens = [...prompt, '.'];
  const sharp = request.url?.startsWith('/narrow') ? 7 : 3;
  const logprobs = {
    tokens,
    text_offset: tokens.map((_, index) => index),
    token_logprobs: tokens.map((token) => -((token.codePointAt(0) ?? 0) % sharp) - 0.1),
    top_logprobs: tokens.map((token) => ({ [token]: -0.1 })),
  };
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ choices: [{ text: '', logprobs }] }));
});
const asked: string[] = [];

describe.skipIf(!harness)('a server that answers for a checkpoint', () => {
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => void server.close());

  test('scores without a fingerprint, which are joined only where the config says so', async () => {
    const folder = exampleFolder(['base', 'narrow']);
    const config = parse(readFileSync(join(folder, 'skiagram.yaml'), 'utf8')) as Config;
    const { port } = server.address() as AddressInfo;
    const suite = {
      id: 'served',
      harness: 'lm-eval' as const,
      model: 'gguf',
      model_args: { base_url: `http://127.0.0.1:${port}/{checkpoint}` },
      include_path: './tasks',
      tasks: ['tiny_brackets_round', 'tiny_brackets_square'],
      limit: 5,
    };
    const write = (change: object): void =>
      writeFileSync(
        join(folder, 'skiagram.yaml'),
        stringify({
          ...config,
          offline: true,
          suites: [{ ...suite, ...change }],
          axis: { targeted: ['sorting'], coverage: ['brackets'] },
        }),
      );
    const out = join(folder, 'run');
    const run = (...more: string[]) =>
      skiagram(
        [
          ...['run', join(folder, 'skiagram.yaml'), '--out', out, '--python', harness?.python ?? '', '--format', 'md'],
          ...more,
        ],
        { timeout: 400_000 },
      );

    write({});
    const refused = await run();
    expect(refused.exitCode).toBe(3);
    expect(refused.stderr).toContain('nobody vouches');
    expect(refused.stderr).toContain('unattested: true');
    expect(new Set(asked.map((url) => url.split('/')[1]))).toEqual(new Set(['base', 'narrow']));
    const count = asked.length;
    // Two choices to each of five items, of two tasks on two checkpoints.
    expect(count).toBe(40);

    write({ unattested: true });
    const joined = await run('--resume');
    expect(joined.exitCode, joined.stderr).toBe(0);
    expect(asked.length, 'nothing is asked twice').toBe(count);
    const dossier = JSON.parse(readFileSync(join(out, 'dossier.json'), 'utf8')) as Dossier;
    expect(dossier.checkpoints.map(({ attestation }) => attestation)).toEqual(['unattested', 'unattested']);
    expect(dossier.checkpoints[0]?.scores).toHaveLength(2);
  }, 900_000);

  test('that is not there is named with what to check', async () => {
    const folder = exampleFolder(['base']);
    const config = parse(readFileSync(join(folder, 'skiagram.yaml'), 'utf8')) as Config;
    const suite = {
      ...{ id: 'served', harness: 'lm-eval', model: 'gguf', model_args: { base_url: 'http://127.0.0.1:9' } },
      ...{ include_path: './tasks', tasks: ['tiny_brackets_round'], limit: 1, unattested: true },
    };
    writeFileSync(join(folder, 'skiagram.yaml'), stringify({ ...config, offline: true, suites: [suite] }));
    const said = await skiagram(
      [
        'evaluate',
        join(folder, 'skiagram.yaml'),
        '--out',
        join(folder, 'run'),
        '--python',
        harness?.python ?? '',
        '--json',
      ],
      { timeout: 400_000 },
    );
    expect(said.exitCode).toBe(3);
    const { stages } = JSON.parse(said.stdout) as { stages: { error?: { code: string; hint?: string } }[] };
    expect(stages.find(({ error }) => error)?.error).toMatchObject({
      code: 'server-unreachable',
      hint: expect.stringContaining('base_url'),
    });
  }, 400_000);
});
