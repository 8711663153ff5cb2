import { parse } from 'csv-parse/sync';
import { describe, expect, inject, test } from 'vitest';
import { skiagram } from './skiagram.ts';

const run = inject('exampleRun');

describe('chart', () => {
  test('prints spec, drawing and numbers of one chart, and all of them as JSON', async () => {
    const spec = JSON.parse((await skiagram(['chart', 'map', '--run', run])).stdout) as { layer: unknown[] };
    expect(spec.layer.length).toBeGreaterThan(3);
    expect((await skiagram(['chart', 'map', '--run', run, '--svg'])).stdout).toMatch(/^<svg [\s\S]*<\/svg>$/);
    const rows = parse((await skiagram(['chart', 'map', '--run', run, '--csv'])).stdout) as string[][];
    expect(rows.map(([first]) => first)).toContain('narrow against base');
    const all = JSON.parse((await skiagram(['chart', 'map', '--run', run, '--json'])).stdout) as { spec: unknown };
    expect(all).toMatchObject({ id: 'map', spec });
  });

  test('an unknown id and two forms at once are refused with what to do', async () => {
    const unknown = await skiagram(['chart', 'mapp', '--run', run]);
    expect([unknown.exitCode, unknown.stderr]).toEqual([2, expect.stringContaining('Did you mean "map"?')]);
    const both = await skiagram(['chart', 'map', '--run', run, '--svg', '--csv']);
    expect([both.exitCode, both.stderr]).toEqual([2, expect.stringContaining('--svg and --csv')]);
  });

  test('list charts names what chart can print', async () => {
    const { charts } = JSON.parse((await skiagram(['list', 'charts', '--run', run, '--json'])).stdout) as {
      charts: { id: string }[];
    };
    expect(charts.map(({ id }) => id)).toContain('families-comparison-1');
  });
});

describe('open', () => {
  test('prints the path and opens nothing where nobody looks at a screen', async () => {
    const { stdout, exitCode } = await skiagram(['open', run]);
    expect([stdout, exitCode]).toEqual([`${run}/report.html`, 0]);
    expect(JSON.parse((await skiagram(['open', run, '--json'])).stdout)).toMatchObject({ opened: false });
  });

  test('a format that was not made is asked for', async () => {
    const { stderr, exitCode } = await skiagram(['open', run, '--pdf']);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('--format pdf')]);
  });
});
