import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/** Markdown as HTML, as GitHub and the hub read it; raw HTML is let through, so that a test can see it. */
export function renderedMarkdown(text: string): string {
  return micromark(text, {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
}

/** Every tag of a page, with its attributes, once. */
export function tagsOf(html: string): string[] {
  return [...new Set([...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag))].sort();
}

/** The text of a page, with white space as a browser shows it. */
export function textOf(html: string): string {
  const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };
  return html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&(?:lt|gt|quot|amp);/g, (found) => entities[found] ?? '')
    .replaceAll(/[\s\u0085]+/g, ' ');
}

/** What a browser shows of a name: line breaks and controls made harmless, white space collapsed. */
export function shown(name: string): string {
  return name
    .replaceAll(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')
    .replaceAll(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]/gu,
      '\uFFFD',
    )
    .replaceAll(/\s+/g, ' ')
    .trim();
}
