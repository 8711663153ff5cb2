import { lstat, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { insertInto } from '../../src/pipeline/insert-into.ts';
import { exampleCard } from '../card/example-card.ts';
import { folder } from '../harness/stage.ts';

const card = exampleCard(inject('exampleRun'));
const both = ['md', 'model-index'] as const;

test('a file is made, and a second time neither its bytes nor its time change', async () => {
  const path = join(await folder(), 'new', 'README.md');
  expect(await insertInto(path, card, both)).toMatchObject({ changed: true });
  const [bytes, { mtimeMs }] = [await readFile(path), await lstat(path)];
  expect(await insertInto(path, card, both)).toMatchObject({ changed: false });
  expect((await readFile(path)).equals(bytes)).toBe(true);
  expect((await lstat(path)).mtimeMs).toBe(mtimeMs);
});

test('bytes outside stay: byte order mark, Windows line ends, letters of any script', async () => {
  const path = join(await folder(), 'README.md');
  const before = '\uFEFF---\r\nlicense: mit # é\r\n---\r\n# שלום 👩‍👩‍👧‍👦\r\n';
  await writeFile(path, before);
  await insertInto(path, card, both);
  const after = await readFile(path);
  const [head, tail] = [
    '\uFEFF---\r\nlicense: mit # é\r\n',
    '---\r\n# שלום 👩‍👩‍👧‍👦\r\n\r\n<!-- skiagram:begin -->\r\n',
  ];
  expect(after.subarray(0, Buffer.byteLength(head)).equals(Buffer.from(head))).toBe(true);
  expect(after.includes(Buffer.from(tail))).toBe(true);
});

test('a refused file is not touched, and nothing is left beside it', async () => {
  const place = await folder();
  const path = join(place, 'README.md');
  for (const [bytes, code] of [
    [Buffer.from('<!-- skiagram:begin -->\n'), 'card-markers'],
    [Buffer.from('---\na: [\n---\n'), 'card-front-matter'],
    [Buffer.from([0x23, 0xff, 0xfe, 0x0a]), 'readme-unreadable'],
    [Buffer.from('# A\n'.padEnd(1024)).subarray(0, 4), undefined],
  ] as const) {
    await writeFile(path, bytes);
    if (code === undefined) continue;
    await expect(insertInto(path, card, both)).rejects.toMatchObject({ code });
    expect((await readFile(path)).equals(bytes)).toBe(true);
  }
  expect(await readdir(place)).toEqual(['README.md']);
});

test('a link stays a link, and its target gets the card', async () => {
  const place = await folder();
  await mkdir(join(place, 'real'));
  await writeFile(join(place, 'real', 'README.md'), '# A\n');
  await symlink(join('real', 'README.md'), join(place, 'README.md'));
  await insertInto(join(place, 'README.md'), card, both);
  expect((await lstat(join(place, 'README.md'))).isSymbolicLink()).toBe(true);
  expect(await readFile(join(place, 'real', 'README.md'), 'utf8')).toContain('Benchmark-shadow pattern');
});

test('a folder in its place is an error to act on', async () => {
  await expect(insertInto(await folder(), card, both)).rejects.toMatchObject({ code: 'output-unwritable' });
});
