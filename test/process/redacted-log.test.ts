import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { redactedLog } from '../../src/process/redacted-log.ts';
import { folder } from '../harness/stage.ts';

it('A credential is taken out though it comes in two chunks; bars and the last line without end are kept.', async () => {
  const file = join(await folder(), 'log');
  const log = redactedLog(file, () => {});
  for (const text of ['token: hf_abc', 'defghijk\n 10%|█ | 1/10\r', ' 20%|██ | 2/10']) log.write(Buffer.from(text));
  await log.end();
  expect(await readFile(file, 'utf8')).toBe('token: ***\n 10%|█ | 1/10\r 20%|██ | 2/10');
});

it('A file that cannot be written is told once.', async () => {
  const reasons: string[] = [];
  const log = redactedLog('/no/such/folder/log', (reason) => reasons.push(reason));
  log.write(Buffer.from('one\n'));
  log.write(Buffer.from('two\n'));
  await log.end();
  expect(reasons).toHaveLength(1);
  expect(reasons[0]).toContain('ENOENT');
});
