import { expect, test } from 'vitest';
import { markdownTable, markdownText } from '../../src/report/markdown-text.ts';
import { renderedMarkdown, shown, tagsOf, textOf } from '../card/render-markdown.ts';
import { hostileNames } from '../hostile-names.ts';

test('there are more than a hundred hostile names', () => {
  expect(new Set(hostileNames).size).toBeGreaterThan(150);
});

test.each(hostileNames)('%j renders as itself in a paragraph, a list and after other text', (name) => {
  const text = markdownText(name);
  expect(text).not.toMatch(/[\r\n]/);
  for (const [around, tags] of [
    [`${text}\n`, ['<p>', '</p>']],
    [`- ${text}\n`, ['<ul>', '<li>', '</li>', '</ul>']],
    [`# ${text}\n`, ['<h1>', '</h1>']],
    [`x **${text}** y\n`, ['<p>', '</p>', '<strong>', '</strong>']],
  ] as const) {
    const html = renderedMarkdown(around);
    expect(tagsOf(html).filter((tag) => !(tags as readonly string[]).includes(tag))).toEqual([]);
    if (around.startsWith('x')) expect(textOf(html)).toContain(shown(name) === '' ? 'y' : shown(name));
    else expect(textOf(html).trim()).toBe(shown(name));
  }
});

test.each(hostileNames)('%j fills one cell of a table', (name) => {
  const html = renderedMarkdown(markdownTable(['Name', 'n'], [[name, '1']]).join('\n'));
  const cells = [...html.matchAll(/<td>([\s\S]*?)<\/td>/g)].map(([, cell]) => textOf(cell ?? '').trim());
  expect(cells).toEqual([shown(name), '1']);
});

test('a row has as many cells as its head', () => {
  expect(markdownTable(['a', 'b'], [['1'], ['1', '2', '3']])).toEqual([
    '| a | b |',
    '| --- | --- |',
    '| 1 |  |',
    '| 1 | 2 |',
  ]);
});
