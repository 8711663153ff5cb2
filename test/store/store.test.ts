import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Journal } from '../../src/store/journal.ts';
import { lockRun } from '../../src/store/lock.ts';
import { Attestation } from '../../src/store/manifest.ts';
import { RunFolder } from '../../src/store/run-folder.ts';
import { diskError, writeWhole } from '../../src/store/write.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'skiagram-store-'));

describe('writing', () => {
  test('leaves the whole file and nothing else', async () => {
    const place = folder();
    await writeWhole(join(place, 'deep', 'a.txt'), 'first');
    await writeWhole(join(place, 'deep', 'a.txt'), 'second');
    expect(readdirSync(join(place, 'deep'))).toEqual(['a.txt']);
    expect(readFileSync(join(place, 'deep', 'a.txt'), 'utf8')).toBe('second');
  });

  test('into a place that cannot be made is an error with the path', async () => {
    const place = folder();
    writeFileSync(join(place, 'file'), '');
    await expect(writeWhole(join(place, 'file', 'a.txt'), 'x')).rejects.toMatchObject({
      code: 'output-unwritable',
      message: expect.stringContaining('a.txt'),
    });
  });

  test('on a full disk says so, and that the run can go on', () => {
    expect(diskError('/x', Object.assign(new Error('no'), { code: 'ENOSPC' }))).toMatchObject({
      code: 'disk-full',
      hint: expect.stringContaining('--resume'),
    });
    expect(diskError('/x', Object.assign(new Error('no'), { code: 'EROFS' }))).toMatchObject({
      code: 'output-unwritable',
    });
  });
});

describe('the journal', () => {
  test('keeps its entries when a kill tore the last line', async () => {
    const journal = new Journal(join(folder(), 'journal.jsonl'));
    await journal.append('spectrum', 'a');
    appendFileSync(journal.path, '{"time":"2026');
    expect((await journal.entries()).map((entry) => entry.subject)).toEqual(['a']);
  });
});

describe('the lock', () => {
  test('keeps a second process out while the first lives, and lets it in afterwards', async () => {
    const path = join(folder(), 'run.lock');
    writeFileSync(path, String(process.ppid));
    await expect(lockRun(path)).rejects.toMatchObject({
      code: 'run-busy',
      message: expect.stringContaining(String(process.ppid)),
    });
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    writeFileSync(path, String(gone));
    const unlock = await lockRun(path);
    await unlock();
    expect(readdirSync(join(path, '..'))).toEqual([]);
  });
});

describe('documents', () => {
  const document = {
    schemaVersion: '1.0' as const,
    checkpoint: 'a',
    suite: 's',
    fingerprint: '0'.repeat(64),
    settingsHash: 'x',
  };

  test('come back as they were written', async () => {
    const run = await RunFolder.open(folder());
    await run.write(Attestation, 'harness/a/attestation.json', document);
    expect(await run.read(Attestation, 'harness/a/attestation.json')).toEqual(document);
    expect(await run.read(Attestation, 'nothing.json')).toBeUndefined();
  });

  test('that break their schema are neither written nor believed', async () => {
    const run = await RunFolder.open(folder());
    await expect(run.write(Attestation, 'a.json', { ...document, fingerprint: 'short' })).rejects.toThrow(
      'fingerprint',
    );
    writeFileSync(run.path('a.json'), JSON.stringify({ ...document, extra: 1 }));
    await expect(run.read(Attestation, 'a.json')).rejects.toMatchObject({
      code: 'artifact-invalid',
      message: expect.stringContaining('extra'),
    });
    writeFileSync(run.path('a.json'), '{');
    await expect(run.read(Attestation, 'a.json')).rejects.toMatchObject({ code: 'artifact-invalid' });
  });
});
