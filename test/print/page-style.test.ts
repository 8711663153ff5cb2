import { expect, test } from 'vitest';
import { fontRules, pageRules } from '../../src/print/page-style.ts';

test.each([
  '"} body { display: none } @page { "',
  '\\22 } x {',
  'a\nb\r\f',
  '</style><script>alert(1)</script>',
  '\u202eevil\u0000',
  '/* */',
  'α 層 é – 41.5 [38.6, 44.5] %',
])('a title stays inside its string: %j', (title) => {
  const rules = pageRules('a4', { title, verdict: title });
  const strings = [...rules.matchAll(/content: "((?:[^"\\\n]|\\[0-9a-f]+ )*)"/g)].map((match) => match[1] ?? '');
  const plain = strings[0]?.replaceAll(/\\([0-9a-f]+) /g, (_, code: string) =>
    String.fromCodePoint(Number.parseInt(code, 16)),
  );
  expect(plain).toBe(title.replaceAll(/\s+/g, ' ').trim());
  // Without its strings the sheet is the same whatever the title.
  const bare = (text: string): string => text.replaceAll(/"(?:[^"\\\n]|\\[0-9a-f]+ )*"/g, '""');
  expect(bare(rules)).toBe(bare(pageRules('a4', { title: 'x', verdict: 'x' })));
});

test('a long title is cut between letters, never through one', () => {
  expect(pageRules('letter', { title: '👩'.repeat(200), verdict: '' })).not.toMatch(/\\d[89a-f][0-9a-f]{2} /);
});

test('the font is inside, in three weights, with nothing to fetch', async () => {
  const rules = await fontRules();
  for (const weight of [400, 600, 700]) expect(rules).toContain(`font-weight: ${weight}`);
  expect(rules.match(/url\((?!data:font\/woff2;base64,[A-Za-z0-9+/=]+\))/g)).toBeNull();
});
