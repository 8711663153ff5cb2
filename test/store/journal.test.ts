import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Journal } from '../../src/store/journal.ts';

const open = (): Journal => new Journal(join(mkdtempSync(join(tmpdir(), 'skiagram-journal-')), 'journal.jsonl'));

test('entries come back in the order in which they were written, one line each', async () => {
  const journal = open();
  await journal.append('started', 'run');
  await journal.append('evaluated', 'sft/core');
  expect((await journal.entries()).map(({ event, subject }) => [event, subject])).toEqual([
    ['started', 'run'],
    ['evaluated', 'sft/core'],
  ]);
  expect(readFileSync(journal.path, 'utf8').trimEnd().split('\n')).toHaveLength(2);
});

test('a journal that was never written has no entries', async () => {
  expect(await open().entries()).toEqual([]);
});

test('a journal in a place that cannot be written says so with the path', async () => {
  const journal = open();
  await journal.append('started', 'run');
  await expect(new Journal(join(journal.path, 'journal.jsonl')).append('started', 'run')).rejects.toMatchObject({
    code: 'output-unwritable',
    message: expect.stringContaining('journal.jsonl'),
  });
});
