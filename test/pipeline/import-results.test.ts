import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ImportRequest, importResults } from '../../src/pipeline/import-results.ts';
import { writeImported } from '../../src/pipeline/import-to-file.ts';
import { exampleFolder, runFolder, verdicts, writeConfig } from './example.ts';

const recorded = resolve('examples/tiny/recorded');
const read = (over: Partial<ImportRequest>) =>
  importResults({ paths: ['narrow'], folder: recorded, suite: 's', fingerprint: null, ...over });
const scratch = (): string => mkdtempSync(join(tmpdir(), 'skiagram-import-'));

test('recorded results of the example are recognised and read, with nobody to vouch for them', async () => {
  const { runs, formats } = await read({});
  expect(formats).toEqual(['lm-eval']);
  expect(runs).toHaveLength(1);
  expect(runs[0]).toMatchObject({ harness: 'lm-eval', suite: 's', fingerprint: null });
  expect(runs[0]?.tasks).toHaveLength(36);
});

test('reading again writes the same bytes', async () => {
  const [one, two] = [scratch(), scratch()];
  for (const out of [one, two])
    await writeImported(out, 'narrow', { schemaVersion: '1.0', runs: [...(await read({})).runs] });
  expect(readFileSync(join(one, 'narrow.json')).equals(readFileSync(join(two, 'narrow.json')))).toBe(true);
});

test('only the tasks that are named are kept, and the others are listed', async () => {
  const { runs, leftOut } = await read({ tasks: ['tiny_copying_early'] });
  expect(runs[0]?.tasks.map(({ task }) => task)).toEqual(['tiny_copying_early']);
  expect(leftOut).toContainEqual({ what: 'tiny_brackets_round', reason: 'the suite does not name it' });
});

describe('what cannot be meant is refused', () => {
  const folder = scratch();
  writeFileSync(join(folder, 'notes.txt'), 'nothing here');
  mkdirSync(join(folder, 'empty'));
  test.each([
    ['a place that is not there', { paths: ['nowhere'] }, 'results-missing', 'nowhere'],
    ['a pattern that matches nothing', { paths: ['*/none*.json'] }, 'results-missing', '*/none*.json'],
    ['files in no known format', { paths: [join(folder, 'notes.txt')] }, 'format-unknown', 'notes.txt'],
    ['an empty folder', { paths: [join(folder, 'empty')] }, 'format-unknown', 'the folder is empty'],
    ['a task that is not in the files', { tasks: ['tiny_copying'] }, 'task-missing', 'tiny_copying'],
    ['a model that is not in the files', { model: 'lab/other' }, 'model-missing', 'lab/other'],
    ['results of several checkpoints', { paths: ['narrow', 'broad'] }, 'models-several', 'narrow@'],
  ] as const)('%s', async (_, over, code, words) => {
    await expect(read(over)).rejects.toMatchObject({ code });
    await expect(read(over)).rejects.toThrow(words);
  });

  test('a link in a folder of results is not followed', async () => {
    const linked = scratch();
    symlinkSync(join(recorded, 'narrow'), join(linked, 'results'));
    await expect(read({ paths: [linked] })).rejects.toMatchObject({ code: 'format-unknown' });
  });
});

describe('a suite of imported results', () => {
  const suite = (unattested: boolean) => ({
    id: 'theirs',
    harness: 'import' as const,
    files: { base: './recorded/base', narrow: './recorded/narrow' },
    ...(unattested ? { unattested } : {}),
  });

  test('gives the verdict of the same scores, marked as unattested', async () => {
    const folder = exampleFolder(['base', 'narrow']);
    writeConfig(folder, (config) => ({
      ...config,
      checkpoints: config.checkpoints.slice(0, 2),
      suites: [suite(true)],
    }));
    const result = await runFolder(folder);
    expect(verdicts(result)).toEqual({ narrow: 'benchmark-shadow' });
    expect(result.dossier.checkpoints.map(({ attestation }) => attestation)).toEqual(['unattested', 'unattested']);
  });

  test('is not joined unless the config says so', async () => {
    const folder = exampleFolder(['base', 'narrow']);
    writeConfig(folder, (config) => ({
      ...config,
      checkpoints: config.checkpoints.slice(0, 2),
      suites: [suite(false)],
    }));
    await expect(runFolder(folder)).rejects.toMatchObject({ code: 'scores-unattested' });
  });
});
