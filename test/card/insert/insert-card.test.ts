import { expect, inject, test } from 'vitest';
import { markdown } from '../../../src/card/formats/markdown.ts';
import { beginMarker, endMarker } from '../../../src/card/insert/between-markers.ts';
import { insertCard } from '../../../src/card/insert/insert-card.ts';
import { modelIndexEntry } from '../../../src/card/model-index-entry.ts';
import { hostileNames } from '../../hostile-names.ts';
import { exampleCard, hostileCard } from '../example-card.ts';

const card = exampleCard(inject('exampleRun'));
const partsOf = (of: typeof card) => ({
  section: markdown.render(of).files[0]?.text,
  entry: modelIndexEntry(of).entry,
});
const parts = partsOf(card);
const insert = (readme: string, own = parts): string => insertCard(readme, own, 'README.md').text;

const readme = `---
license: mit   # kept
tags:   [a, b]
---

# Model

Text with trailing spaces  
and a [link](x).

${beginMarker}
old
${endMarker}

After.
`;

/** The file without what a card may change: front matter first, since a name in it may be a marker. */
const outside = (text: string): string => {
  const close = /\r?\n---[ \t]*\r?\n/g;
  close.lastIndex = 3;
  const end = close.exec(text)?.index ?? 0;
  return (
    text.slice(0, end).replace(/\r?\nmodel-index:[\s\S]*$/, '') +
    text.slice(end).replace(/<!-- skiagram:begin -->[\s\S]*<!-- skiagram:end -->/, '')
  );
};

test.each([
  ['LF', readme],
  ['CRLF', readme.replaceAll('\n', '\r\n')],
  ['a byte order mark', `\uFEFF${readme}`],
  ['both', `\uFEFF${readme.replaceAll('\n', '\r\n')}`],
  ['no last line end', readme.trimEnd()],
  ['front matter of spaces', readme.replace('---\n', '---  \n')],
])('with %s everything outside stays to the byte, and once more gives the same bytes', (_, text) => {
  const once = insert(text);
  expect(outside(once)).toBe(outside(text));
  expect(insert(once)).toBe(once);
  expect(once).toContain('Benchmark-shadow pattern');
  if (text.includes('\r')) expect(once).not.toMatch(/[^\r]\n/);
});

test.each([
  ['no front matter', '# Model\n'],
  ['nothing', ''],
  ['a byte order mark alone', '\uFEFF'],
  ['empty front matter', '---\n---\n# Model\n'],
])('a file with %s gets front matter and a section, and keeps what it had', (_, text) => {
  const once = insert(text);
  expect(once.replace('\uFEFF', '').startsWith('---\nmodel-index:')).toBe(true);
  expect(once.startsWith('\uFEFF')).toBe(text.startsWith('\uFEFF'));
  if (text.includes('# Model')) expect(once).toContain('---\n# Model\n');
  expect(insert(once)).toBe(once);
});

test('a part that is not asked for is not touched', () => {
  expect(insert(readme, { section: undefined, entry: undefined })).toBe(readme);
  expect(insert(readme, { ...parts, section: undefined })).toContain(`${beginMarker}\nold\n${endMarker}`);
  expect(insert(readme, { ...parts, entry: undefined }).startsWith(readme.slice(0, readme.indexOf(beginMarker)))).toBe(
    true,
  );
});

test('a card of other results replaces the first', () => {
  const other = partsOf(exampleCard(inject('exampleRun'), 'broad'));
  const both = insert(insert(readme), { ...other, entry: other.entry && { ...other.entry, name: 'narrow' } });
  expect(both).not.toContain('Benchmark-shadow pattern');
  expect(both.match(/type: "tiny_reversal_digits"/g)).toHaveLength(1);
});

test('front matter that is not closed is refused', () => {
  expect(() => insert('---\nlicense: mit\n')).toThrow(expect.objectContaining({ code: 'card-front-matter' }));
});

test.each(hostileNames)('the card of %j goes in twice with the same bytes', (name) => {
  const own = partsOf(hostileCard(card, name));
  const once = insert(readme, own);
  expect(outside(once)).toBe(outside(readme));
  expect(insert(once, own)).toBe(once);
});
