import Handlebars from 'handlebars';
import { exitCodes, SkiagramError } from '../base/error.ts';
import type { ReportInput } from './report-input.ts';
import { reportView } from './view/report-view.ts';

/**
 * One self-contained HTML file: no script, no network, readable as it is. Templates escape everything but the
 * drawings and the style sheet, which are ours. Throws where a template is missing.
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
  const render = engine.compile(page, { strict: true, preventIndent: true });
  const view = { ...(await reportView(input)), style: `${screen}${paper}` };
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
