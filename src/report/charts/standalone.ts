import type { TopLevelSpec } from 'vega-lite';
import { type Chart, theme } from './chart.ts';

/**
 * A chart's vega-lite spec as it can be pasted elsewhere: with its data, our theme, and colours instead of CSS variables.
 *
 * @param style the report's style sheet, whose first `:root` block holds the light palette
 */
export function standaloneSpec(chart: Chart, style: string): TopLevelSpec {
  const spec = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title: chart.title,
    description: chart.caption,
    ...chart.spec,
    config: theme,
  };
  return JSON.parse(withColours(JSON.stringify(spec), palette(style))) as TopLevelSpec;
}

/** A drawing of a report as an image of its own: named, sized, with colours instead of CSS variables. */
export function standaloneSvg(svg: string, style: string): string {
  const drawn = withColours(svg, palette(style));
  return `${/^<svg\b[^>]*\bxmlns=/.test(drawn) ? drawn : drawn.replace(/^<svg\b/, '<svg xmlns="http://www.w3.org/2000/svg"')}\n`;
}

/** `--name` -> colour, of the light palette; mixtures of two colours are mixed. */
function palette(style: string): ReadonlyMap<string, string> {
  const root = /:root\s*\{([^}]*)\}/.exec(style)?.[1] ?? '';
  const given = new Map(
    [...root.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map((match) => [match[1] ?? '', (match[2] ?? '').trim()]),
  );
  return new Map([...given].map(([name, value]) => [name, plainColour(value, given)]));
}

function plainColour(value: string, given: ReadonlyMap<string, string>): string {
  const named = /^var\((--[\w-]+)\)$/.exec(value)?.[1];
  if (named !== undefined) return plainColour(given.get(named) ?? '#000000', given);
  const mix = /^color-mix\(in srgb, var\((--[\w-]+)\) (\d+(?:\.\d+)?)%, var\((--[\w-]+)\)\)$/.exec(value);
  if (!mix) return value;
  const [over, under] = [channels(given.get(mix[1] ?? '')), channels(given.get(mix[3] ?? ''))];
  const share = Number(mix[2]) / 100;
  const mixed = over.map((channel, index) => Math.round(share * channel + (1 - share) * (under[index] ?? 0)));
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

function channels(colour = '#000000'): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}

function withColours(text: string, colours: ReadonlyMap<string, string>): string {
  return text.replaceAll(/var\((--[\w-]+)\)/g, (whole, name: string) => colours.get(name) ?? whole);
}
