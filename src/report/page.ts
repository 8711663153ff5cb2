import Handlebars from 'handlebars';
import { visibleLines } from '../base/visible.ts';
import type { Templates } from './report-input.ts';

/**
 * Fills one page template with a view; every `.hbs` may be used as a partial. Values are escaped, and characters that could
 * hide or turn around what follows are shown by number. Throws where the template is missing or names what the view lacks.
 *
 * @param page file name of the template, e.g. `leaderboard.hbs`
 */
export function renderPage(templates: Templates, page: string, view: object): string {
  const source = templates[page];
  if (source === undefined) throw new Error(`templates/${page} is needed`);
  const engine = Handlebars.create();
  for (const [name, partial] of Object.entries(templates))
    if (name.endsWith('.hbs')) engine.registerPartial(name.slice(0, -4), partial);
  return visibleLines(engine.compile(source, { strict: true, preventIndent: true })(view));
}
