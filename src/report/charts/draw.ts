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
  const { runtime, values } = prepared(chart.spec);
  const view = new View(runtime, { renderer: 'none' });
  if (values) view.data(rows, values);
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

type Runtime = ReturnType<typeof parse>;

/** Name of a chart's own data while its spec is compiled without them. */
const rows = 'rows';
/** Compiled specs by their JSON without data: a report draws the same chart for each of its comparisons. */
const compiled = new Map<string, Runtime>();
const mostCompiled = 64;

/** Compiling takes most of the time of a drawing, and the data have no part in it. */
function prepared(spec: Chart['spec']): { runtime: Runtime; values: object[] | undefined } {
  const data = 'data' in spec ? spec.data : undefined;
  const values = data && 'values' in data && Array.isArray(data.values) ? (data.values as object[]) : undefined;
  const bare = { ...spec, config: theme, ...(values ? { data: { name: rows } } : {}) } as Chart['spec'];
  const key = JSON.stringify(bare);
  const known = compiled.get(key);
  if (known) return { runtime: known, values };
  const runtime = parse(compile(bare).spec);
  if (compiled.size >= mostCompiled) compiled.clear();
  compiled.set(key, runtime);
  return { runtime, values };
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
