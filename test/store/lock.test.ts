import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lockRun } from '../../src/store/lock.ts';

const place = (): string => join(mkdtempSync(join(tmpdir(), 'skiagram-lock-')), 'run.lock');

test('the lock holds the number of this process, and is gone once given back', async () => {
  const path = place();
  const unlock = await lockRun(path);
  expect(readFileSync(path, 'utf8')).toBe(String(process.pid));
  await unlock();
  expect(existsSync(path)).toBe(false);
});

test('another living process keeps the folder, and is named with what to do; once it died the folder is free', async () => {
  const path = place();
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  writeFileSync(path, String(other.pid));
  await expect(lockRun(path)).rejects.toMatchObject({
    code: 'run-busy',
    message: expect.stringContaining(String(other.pid)),
    hint: expect.stringContaining('--out'),
  });
  expect(readFileSync(path, 'utf8')).toBe(String(other.pid));
  const gone = once(other, 'exit');
  other.kill('SIGKILL');
  await gone;
  await (await lockRun(path))();
});

test('a lock that names no process is taken over', async () => {
  for (const text of ['', 'garbage', '-1', '0']) {
    const path = place();
    writeFileSync(path, text);
    await (await lockRun(path))();
    expect(existsSync(path)).toBe(false);
  }
});

test('a folder that is not there is an error with the path', async () => {
  await expect(lockRun(join(place(), 'nowhere', 'run.lock'))).rejects.toMatchObject({ code: 'output-unwritable' });
});
