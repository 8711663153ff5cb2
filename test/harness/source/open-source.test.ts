import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recognise } from '../../../src/harness/recognise.ts';
import { openSource, type SourceFile } from '../../../src/harness/source/open-source.ts';

const scratch = (): string => mkdtempSync(join(tmpdir(), 'skiagram-source-'));

test('a pipe that is named is refused, not waited for', async () => {
  const pipe = join(scratch(), 'results.json');
  execFileSync('mkfifo', [pipe]);
  await expect(openSource(pipe)).rejects.toMatchObject({ code: 'results-unreadable' });
  await expect(openSource('/dev/zero')).rejects.toThrow('neither a file nor a folder');
});

test('a pipe in a folder is listed as left out', async () => {
  const folder = scratch();
  execFileSync('mkfifo', [join(folder, 'results.json')]);
  const source = await openSource(folder);
  expect(source.files).toEqual([]);
  expect(source.leftOut).toEqual([{ what: 'results.json', reason: 'a pipe, socket or device; only files are read' }]);
  await expect(recognise(source)).rejects.toThrow('results.json is a pipe');
});

test('a file that changes or goes away between listing and reading is refused', async () => {
  const folder = scratch();
  for (const name of ['grows', 'shrinks', 'goes']) writeFileSync(join(folder, name), '{"a": 1}');
  const { files } = await openSource(folder);
  appendFileSync(join(folder, 'grows'), ' ');
  truncateSync(join(folder, 'shrinks'), 3);
  rmSync(join(folder, 'goes'));
  const [goes, grows, shrinks] = files as [SourceFile, SourceFile, SourceFile];
  await expect(goes.bytes()).rejects.toMatchObject({ code: 'results-unreadable' });
  await expect(grows.bytes()).rejects.toThrow('grows changed while it was read: it had 8 bytes and now has 9');
  await expect(shrinks.json()).rejects.toThrow('shrinks changed while it was read');
});

test('a file of a gigabyte and a folder of too many files are refused before anything is read', async () => {
  const folder = scratch();
  writeFileSync(join(folder, 'a.json'), '{"results": {');
  truncateSync(join(folder, 'a.json'), 1024 ** 3);
  const [file] = (await openSource(folder)).files;
  await expect(file?.bytes()).rejects.toMatchObject({ code: 'results-too-large' });
  rmSync(join(folder, 'a.json'));
  mkdirSync(join(folder, 'many'));
  for (let index = 0; index < 12; index++) writeFileSync(join(folder, 'many', `${index}`), '');
  const limits = { wholeBytes: 100, files: 10, depth: 2 };
  await expect(openSource(folder, limits)).rejects.toMatchObject({ code: 'results-too-many' });
});
