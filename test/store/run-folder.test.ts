import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { problemsOf } from '../../src/base/validate.ts';
import { Dossier } from '../../src/dossier/dossier.ts';
import { joinDossier } from '../../src/dossier/join.ts';
import { Manifest } from '../../src/store/manifest.ts';
import { RunFolder } from '../../src/store/run-folder.ts';
import { writeWhole } from '../../src/store/write.ts';
import { family, joinInput } from '../dossier/parts.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'skiagram-folder-'));

test('a whole dossier comes back as it was written', async () => {
  const run = await RunFolder.open(folder());
  const dossier = joinDossier(joinInput(family()));
  await run.write(Dossier, 'dossier.json', dossier);
  const read = await run.read(Dossier, 'dossier.json');
  expect(problemsOf(Dossier, read)).toEqual([]);
  expect(read).toEqual(dossier);
});

describe('a document on disk that breaks its schema', () => {
  test.each([
    ['stages[0].outcome', { stages: [{ stage: 'a', subject: 'b', outcome: 'don', seconds: 1 }] }],
    ['stages[0].seconds', { stages: [{ stage: 'a', subject: 'b', outcome: 'done', seconds: '1' }] }],
    ['the document', { tool: undefined }],
  ])('is refused with the place %s and what to do', async (where, change) => {
    const run = await RunFolder.open(folder());
    const manifest = {
      schemaVersion: '1.0',
      tool: { name: 'skiagram', version: '0.1.0' },
      node: 'v24',
      platform: 'linux-x64',
      engine: null,
      started: 's',
      finished: null,
      configHash: 'h',
      stages: [],
      ...change,
    };
    writeFileSync(run.path('manifest.json'), JSON.stringify(manifest));
    await expect(run.read(Manifest, 'manifest.json')).rejects.toMatchObject({
      code: 'artifact-invalid',
      message: expect.stringContaining(`manifest.json is not what it should be: ${where}: `),
      hint: expect.stringContaining('--resume'),
    });
  });

  test('cut short by a kill is refused as well', async () => {
    const run = await RunFolder.open(folder());
    writeFileSync(run.path('manifest.json'), '{"schemaVersion": "1.0", "to');
    await expect(run.read(Manifest, 'manifest.json')).rejects.toMatchObject({ code: 'artifact-invalid' });
  });
});

describe('a write that fails', () => {
  test('leaves the old file as it was', async () => {
    const place = folder();
    const path = join(place, 'taken');
    await writeWhole(path, 'old');
    await expect(writeWhole(join(path, 'inside'), 'new')).rejects.toMatchObject({ code: 'output-unwritable' });
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(place)).toEqual(['taken']);
  });

  test('onto a folder leaves no temporary file behind', async () => {
    const place = folder();
    await writeWhole(join(place, 'deep', 'a.txt'), 'x');
    await expect(writeWhole(join(place, 'deep'), 'y')).rejects.toMatchObject({ code: 'output-unwritable' });
    expect(readdirSync(place)).toEqual(['deep']);
  });
});

test('bytes are written as they are', async () => {
  const run = await RunFolder.open(folder());
  const bytes = Uint8Array.from([0, 255, 37, 80]);
  await run.writeText('report.pdf', bytes);
  expect(Uint8Array.from(readFileSync(run.path('report.pdf')))).toEqual(bytes);
});

test('clearing removes earlier artifacts and keeps the lock and what is not ours', async () => {
  const run = await RunFolder.open(folder());
  for (const name of ['dossier.json', 'scores/a.json', 'report.html', 'notes.txt']) await run.writeText(name, 'x');
  const unlock = await run.lock();
  await run.clear();
  expect(readdirSync(run.root).sort()).toEqual(['notes.txt', 'run.lock']);
  await unlock();
  expect(existsSync(run.path('run.lock'))).toBe(false);
});

test('a folder that is only read is not made', () => {
  const place = join(folder(), 'none');
  RunFolder.at(place);
  expect(existsSync(place)).toBe(false);
});

describe('a document of another schema version', () => {
  const manifest = {
    schemaVersion: '1.0',
    tool: { name: 'skiagram', version: '0.1.0' },
    node: 'v24',
    platform: 'linux-x64',
    engine: null,
    started: 's',
    finished: null,
    configHash: 'h',
    stages: [],
  };
  const read = async (change: object): Promise<{ run: RunFolder; document: unknown }> => {
    const run = await RunFolder.open(folder());
    writeFileSync(run.path('manifest.json'), JSON.stringify({ ...manifest, ...change }));
    return { run, document: await run.read(Manifest, 'manifest.json') };
  };

  test('a newer minor one is read; what it added is kept and noted', async () => {
    const { run, document } = await read({
      schemaVersion: '1.3',
      weather: 'rain',
      tool: { ...manifest.tool, commit: 'a' },
    });
    expect(document).toMatchObject({ schemaVersion: '1.0', weather: 'rain', tool: { commit: 'a' } });
    expect(run.unknown).toEqual([
      'manifest.json was written by a newer Skiagram (schema version 1.3; this one knows 1.0). 2 unknown keys are kept and not shown: weather, tool.commit.',
    ]);
  });

  test.each([
    ['a newer major one', { schemaVersion: '2.0' }, 'artifact-newer', ['2.0', '1.0']],
    [
      'a newer minor one that changed what there was',
      { schemaVersion: '1.1', started: 5 },
      'artifact-newer',
      ['1.1', '1.0'],
    ],
    ['an older one that nothing leads on from', { schemaVersion: '0.9' }, 'artifact-older', ['0.9', '1.0']],
    ['one without a version', { schemaVersion: undefined }, 'artifact-invalid', ['missing']],
    ['one that is no version', { schemaVersion: { $gt: '' } }, 'artifact-invalid', ['$gt']],
  ])('%s is refused, naming both', async (_, change, code, named) => {
    await expect(read(change)).rejects.toMatchObject({ code });
    for (const word of named) await expect(read(change)).rejects.toThrow(word);
  });
});
