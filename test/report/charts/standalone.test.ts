import { parse, View } from 'vega';
import { compile } from 'vega-lite';
import { expect, inject, test } from 'vitest';
import { standaloneSpec, standaloneSvg } from '../../../src/report/charts/standalone.ts';
import { reportFigures } from '../../../src/report/figures.ts';
import { exampleInput } from '../example-input.ts';

const input = exampleInput(inject('exampleRun'));
const style = input.templates['report.css'] ?? '';
const figures = await reportFigures(input);

test('every chart of the page is found once', async () => {
  const ids = figures.map(({ chart }) => chart.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(expect.arrayContaining(['map', 'families-comparison-1', 'layers-comparison-1', 'alpha']));
});

test('every spec is drawn by vega-lite alone, in colours, as it says', async () => {
  for (const { chart } of figures) {
    const spec = standaloneSpec(chart, style);
    expect(JSON.stringify(spec)).not.toContain('var(--');
    expect(spec).toMatchObject({ $schema: expect.stringContaining('vega-lite'), description: chart.caption });
    const svg = await new View(parse(compile(spec).spec), { renderer: 'none' }).toSVG();
    expect(svg).toContain('<svg');
  }
});

test('every drawing is an image of its own', () => {
  for (const { chart, svg } of figures) {
    const alone = standaloneSvg(svg, style);
    expect(alone, chart.id).not.toContain('var(--');
    expect(alone).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(alone).toContain('aria-label=');
  }
});

test('a mixture of two colours is mixed', () => {
  const css =
    ':root { --a: #000000; --b: #ffffff; --mix: color-mix(in srgb, var(--a) 25%, var(--b)); --same: var(--a); }';
  expect(standaloneSvg('<svg fill="var(--mix)" stroke="var(--same)" color="var(--none)"/>', css)).toBe(
    '<svg xmlns="http://www.w3.org/2000/svg" fill="#bfbfbf" stroke="#000000" color="var(--none)"/>\n',
  );
});
