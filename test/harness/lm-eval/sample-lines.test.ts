import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { sampleLines } from '../../../src/harness/lm-eval/sample-lines.ts';
import { folder } from '../stage.ts';

async function all(file: string, limits?: { lineBytes: number; totalBytes: number }): Promise<[number, string][]> {
  const lines: [number, string][] = [];
  for await (const { number, text } of sampleLines(file, limits)) lines.push([number, text]);
  return lines;
}

describe('lines of a samples file', () => {
  it('are numbered as in the file, blank ones and a missing last line end included', async () => {
    const file = join(await folder(), 'a.jsonl');
    await writeFile(file, 'one\n\ntwo\nthrée');
    expect(await all(file)).toEqual([
      [1, 'one'],
      [3, 'two'],
      [4, 'thrée'],
    ]);
  });

  it('may be longer than the pieces in which the file is read', async () => {
    const file = join(await folder(), 'a.jsonl');
    await writeFile(file, `${'é'.repeat(100_000)}\n${'b'.repeat(200_000)}\n`);
    expect((await all(file)).map(([, text]) => text.length)).toEqual([100_000, 200_000]);
  });

  it('stop at a line without end and at a gzip bomb', async () => {
    const path = await folder();
    const [plain, packed] = [join(path, 'a.jsonl'), join(path, 'b.jsonl.gz')];
    await writeFile(plain, 'x'.repeat(300_000));
    await writeFile(packed, gzipSync(`${'x'.repeat(999)}\n`.repeat(2_000)));
    const limits = { lineBytes: 100_000, totalBytes: 1_000_000 };
    await expect(all(plain, limits)).rejects.toMatchObject({ code: 'samples-too-large' });
    await expect(all(packed, limits)).rejects.toMatchObject({ code: 'samples-too-large' });
  });

  it('give the SHA-256 of the file as it lies there', async () => {
    const file = join(await folder(), 'a.jsonl');
    await writeFile(file, 'abc');
    const lines = sampleLines(file);
    for await (const _ of lines);
    expect(lines.sha256()).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('cannot come from a file that does not exist', async () => {
    await expect(all(join(await folder(), 'none.jsonl'))).rejects.toMatchObject({ code: 'samples-unreadable' });
  });
});
