import Handlebars from 'handlebars';
import { sha256Base64 } from '../base/sha256.ts';
import type { ReportInput } from './report-input.ts';
import { reportView } from './view/report-view.ts';

/**
 * One self-contained HTML file, readable without its script and without a network. Templates escape everything but the
 * drawings, the style sheet and the script, which are ours; the page's policy names the script by its hash, so that no other
 * one runs. Throws where a template is missing.
 */
export async function renderHtml(input: ReportInput): Promise<string> {
  const { templates } = input;
  const engine = Handlebars.create();
  for (const [name, source] of Object.entries(templates)) {
    if (name.endsWith('.hbs')) engine.registerPartial(name.slice(0, -4), source);
  }
  const page = templates['report.hbs'];
  const style = templates['report.css'];
  if (page === undefined || style === undefined)
    throw new Error('templates/report.hbs and templates/report.css are needed');
  const script = (templates['report.js'] ?? '').trim();
  const render = engine.compile(page, { strict: true, preventIndent: true });
  const html = render({
    ...(await reportView(input)),
    style: lean(style),
    script,
    scriptHash: script === '' ? '' : sha256Base64(script),
  });
  return lighter(html).replaceAll(
    unseen,
    (character) => `⟨U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );
}

/** Characters that turn the direction of what follows, or that no page may hold: shown by number, so that nothing is hidden. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const unseen = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g;

/** Characters that need no escape in text or between double quotes, which templates escape all the same. */
function lighter(html: string): string {
  return html.replaceAll('&#x3D;', '=').replaceAll('&#x27;', "'");
}

/** A style sheet without its indentation. */
function lean(style: string): string {
  return style.replaceAll(/^\s+/gm, '').replaceAll(/\n+/g, '\n');
}
