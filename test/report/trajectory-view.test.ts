import { expect, inject, test } from 'vitest';
import type { Dossier } from '../../src/dossier/dossier.ts';
import type { Trajectory } from '../../src/dossier/trajectory.ts';
import { findAll } from '../../src/findings/find.ts';
import { alphaShareTrajectories } from '../../src/report/charts/alpha-share-trajectory.ts';
import { renderHtml } from '../../src/report/html.ts';
import { trajectoriesTable } from '../../src/report/tables/trajectories.ts';
import { trainingView } from '../../src/report/view/trajectory-view.ts';
import { follow, moved, tableOne, trained } from '../dossier/training.ts';
import { withRuns } from '../findings/training.ts';
import { exampleInput } from './example-input.ts';

const paper = withRuns(follow(tableOne(), 'A', { pairs: [moved('B', 2000, 20_000, 0.2)] }));
const text = (value: unknown): string => JSON.stringify(value);

function long(checkpoints: number, runs: number): Dossier {
  const made = Array.from({ length: runs }, (_, run) =>
    Array.from({ length: checkpoints }, (_, step) =>
      trained(`run-${run}`, step * 1000, { k: 150 + ((step + run) % 60), n: 224 }),
    ),
  ).flat();
  return withRuns(follow(made, 'run-0'));
}

test('Table 1 is shown with its numbers, and each colour as a word and a symbol', async () => {
  const view = await trainingView(paper, findAll(paper));
  const [block] = view?.shares ?? [];
  expect(block?.steps).toEqual(['2,000', '20,000', '40,000', '60,000', '72,000']);
  const row = (name: string): string[] =>
    block?.rows
      .find((entry) => entry.name === name)
      ?.cells.map(({ text, word, symbol }) => `${symbol} ${text} ${word}`) ?? [];
  expect(row('A')).toEqual(['○ 60.7 red', '● 81.7 green', '● 79.0 green', '● 79.5 green', '● 78.6 green']);
  expect(row('D')).toEqual(['○ 61.2 red', '◐ 77.2 yellow', '● 78.1 green', '◐ 77.7 yellow', '◐ 77.2 yellow']);
  expect(block?.rows.map(({ trend }) => `${trend.text}, ${trend.note}`)).toEqual([
    'Stable, the reference run',
    'Stuck, resolved at n = 224',
    'Recover, not resolved at n = 224',
    'Gap, not resolved at n = 224',
  ]);
});

test('each run has its findings, fragility, tests and change variance', async () => {
  const view = await trainingView(paper, findAll(paper));
  const [a, b, , d] = view?.runs ?? [];
  expect(a?.tests).toBeUndefined();
  expect(d?.fragility).toContain('becomes Unclassified from a tolerance of 1.40 points');
  expect(text(d?.tests)).toContain('0.250 at best, if paired');
  expect(text(b?.changes)).toContain('6.17e−10');
  expect(b?.findings.map(({ status }) => status)).toEqual(['detected', 'not applicable']);
});

test('a dossier without runs has no such part', async () => {
  const { trajectories: _, ...bare } = paper;
  expect(await trainingView(bare, findAll(bare))).toBeUndefined();
  expect(alphaShareTrajectories(bare)).toEqual([]);
});

test.each([
  [2, 1],
  [7, 3],
  [50, 9],
])('%i checkpoints of %i runs fit', async (checkpoints, runs) => {
  const dossier = long(checkpoints, runs);
  const view = await trainingView(dossier, findAll(dossier));
  expect(view?.shares.length).toBe(Math.ceil(checkpoints / 6));
  expect(view?.shares.flatMap(({ steps }) => steps).length).toBe(checkpoints);
  expect(view?.runs.length).toBe(runs);
  for (const { svg } of view?.charts ?? []) expect(svg).not.toMatch(/NaN|undefined/);
  const ids = view?.charts.map(({ id }) => id) ?? [];
  expect(new Set(ids).size).toBe(ids.length);
});

test('names of runs cannot become markup', async () => {
  const dossier = withRuns(
    follow([
      trained('<b>x</b>', 0, { k: 1, n: 2 }),
      trained('<b>x</b>', 1, { k: 1, n: 2 }),
      trained('<b>x</b>', 2, { k: 1, n: 2 }),
    ]),
  );
  const html = await renderHtml({
    ...exampleInput(inject('exampleRun')),
    dossier,
    findings: findAll(dossier),
  });
  expect(html).not.toContain('<b>x</b>');
  expect(html).toContain('&lt;b&gt;x&lt;/b&gt;');
});

test('the table for queries has a row a checkpoint', () => {
  const table = trajectoriesTable({ dossier: paper } as Parameters<typeof trajectoriesTable>[0]);
  const column = (name: string) => table.columns.find((entry) => entry.name === name)?.data;
  expect(column('checkpoint')?.length).toBe(20);
  expect(column('share')?.[0]).toBe(60.7);
  expect(column('q')?.[5]).toBeNull();
  expect(column('trend')?.at(-1)).toBe('gap' satisfies Trajectory['trend']['label']);
});
