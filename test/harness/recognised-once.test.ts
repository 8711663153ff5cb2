import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { recognise } from '../../src/harness/recognise.ts';
import { openSource } from '../../src/harness/source/open-source.ts';
import { recorded } from './lighteval/files.ts';

const fixture = (name: string) => readFileSync(new URL(`./${name}`, import.meta.url));

/** Every fixture under the name it has in the wild: each must be of one format, and no other reader may claim it. */
test.each<[string, number, Record<string, string | Buffer>]>([
  [
    'inspect',
    4,
    Object.fromEntries(
      ['plain', 'epochs', 'reducers']
        .map((name) => [`${name}.eval`, fixture(`inspect/fixtures/${name}.eval`)])
        .concat([['x.json', fixture('inspect/fixtures/lengths.json.txt')]]),
    ),
  ],
  ['inspect', 1, { 'died.json': fixture('inspect/fixtures/broken.json.txt') }],
  ['lighteval', 1, recorded],
  [
    'helm',
    1,
    Object.fromEntries(
      ['run_spec', 'stats', 'per_instance_stats', 'instances'].map((name) => [
        `${name}.json`,
        fixture(`helm/fixtures/${name}.json`),
      ]),
    ),
  ],
  ['model-index', 1, { 'README.md': fixture('model-index/fixtures/card.md') }],
  ['eval-results', 1, { '.eval_results/results.yaml': fixture('eval-results/fixtures/results.yaml') }],
  [
    'every-eval-ever',
    1,
    {
      'record.json': fixture('every-eval-ever/fixtures/record.json.txt'),
      'record.jsonl': fixture('every-eval-ever/fixtures/record.jsonl'),
    },
  ],
  [
    'lm-eval',
    1,
    { 'results_2026-11-23T18-24-58.076193.json': fixture('fixtures/good/results_2026-11-23T18-24-58.076193.json.txt') },
  ],
])('%s is recognised by its content, by one reader', async (format, heads, files) => {
  const folder = await mkdtemp(join(tmpdir(), 'skiagram-recognise-'));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  const found = await recognise(await openSource(folder));
  await rm(folder, { recursive: true });
  expect(found.format).toBe(format);
  expect(found.heads).toHaveLength(heads);
});
