import { parse, resetSVGDefIds, View } from 'vega';
import { compile } from 'vega-lite';
import { type Chart, theme } from './chart.ts';
import { compactSvg } from './compact-svg.ts';

/**
 * Chart -> static SVG, equal bytes for equal charts. No canvas is used, so text is laid out the same everywhere.
 * The drawing is one image to assistive technology, with the caption as its name; ids carry the chart's id, because
 * several drawings share one page.
 *
 * @param labelledBy id of the element that holds title and caption; where left out the drawing carries them itself
 */
export async function draw(chart: Chart, labelledBy?: string): Promise<string> {
  resetSVGDefIds();
  const { spec } = compile({ ...chart.spec, config: theme });
  const view = new View(parse(spec), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  const name =
    labelledBy === undefined
      ? `aria-label="${escaped(`${chart.title}. ${chart.caption}`)}"`
      : `aria-labelledby="${labelledBy}"`;
  const own = compactSvg(svg)
    .replaceAll(/\bid="([^"]+)"/g, `id="${chart.id}-$1"`)
    .replaceAll(/url\(#([^)]+)\)/g, `url(#${chart.id}-$1)`);
  return own.replace(
    /^<svg\b([^>]*)>/,
    (_, attributes: string) =>
      `<svg class="chart" role="img" ${name} viewBox="${viewBox(attributes)}" width="${size(attributes, 'width')}">`,
  );
}

function viewBox(attributes: string): string {
  return /viewBox="([^"]+)"/.exec(attributes)?.[1] ?? '0 0 600 300';
}

function size(attributes: string, side: string): string {
  return new RegExp(`\\b${side}="([^"]+)"`).exec(attributes)?.[1] ?? '600';
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
