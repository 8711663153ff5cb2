import Handlebars from 'handlebars';
import { exitCodes, SkiagramError } from '../base/error.ts';
import { sha256Base64 } from '../base/sha256.ts';
import { visibleLines } from '../base/visible.ts';
import type { ReportInput } from './report-input.ts';
import { reportView } from './view/report-view.ts';

/**
 * One self-contained HTML file, readable without its script and without a network. Templates escape everything but the
 * drawings, the style sheet and the script, which are ours; the page's policy names the script by its hash, so that no other
 * one runs. Control characters and those that turn the direction of what follows are shown. Throws where a template is missing.
 */
export async function renderHtml(input: ReportInput): Promise<string> {
  const { templates } = input;
  const engine = Handlebars.create();
  for (const [name, source] of Object.entries(templates)) {
    if (name.endsWith('.hbs')) engine.registerPartial(name.slice(0, -4), source);
  }
  const page = templates['report.hbs'];
  const [screen, paper] = [templates['report.css'], templates['print.css']];
  if (page === undefined || screen === undefined || paper === undefined)
    throw new Error('templates/report.hbs, report.css and print.css are needed');
  const script = (templates['report.js'] ?? '').trim();
  const view = {
    ...(await reportView(input)),
    style: lean(`${screen}${paper}`),
    script,
    scriptHash: script === '' ? '' : sha256Base64(script),
  };
  const html = rendered(engine.compile(page, { strict: true, preventIndent: true }), view);
  return visibleLines(lighter(html));
}

/** Throws `template-invalid` where a template names what the view does not have; ours are tested, so it is one of the user's. */
function rendered(render: (view: object) => string, view: object): string {
  try {
    return render(view);
  } catch (cause) {
    throw new SkiagramError({
      code: 'template-invalid',
      message: `The templates do not make a page: ${(cause as Error).message}`,
      hint: 'A template of your own names something that the report does not have; docs/OUTPUTS.md lists what there is.',
      cause,
      exitCode: exitCodes.usage,
    });
  }
}

/** Characters that need no escape in text or between double quotes, which templates escape all the same. */
function lighter(html: string): string {
  return html.replaceAll('&#x3D;', '=').replaceAll('&#x27;', "'");
}

/** A style sheet without its indentation. */
function lean(style: string): string {
  return style.replaceAll(/^\s+/gm, '').replaceAll(/\n+/g, '\n');
}
