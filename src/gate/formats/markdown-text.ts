import { plainLine } from './plain-line.ts';

/**
 * Text of outsiders that stays text in Markdown, in a table cell too: every character of ASCII punctuation that could begin markup is
 * escaped, `<`, `>` and `&` as entities. A mention (@name) and an issue (#1) stay words.
 */
export function markdownText(text: string, limit?: number): string {
  return plainLine(text, limit)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_{}[\]()#+!|~$^=-]/g, '\\$&')
    .replaceAll('@', '@\u2060')
    .replaceAll('://', ':\u2060//')
    .replace(/\bwww\./gi, '$&\u2060');
}
