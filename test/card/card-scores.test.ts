import { expect, test } from 'vitest';
import { cardScores } from '../../src/card/card-scores.ts';
import type { DossierCheckpoint, ScoreRow } from '../../src/dossier/dossier.ts';
import type { Family, FamilyTask } from '../../src/families/family.ts';
import type { ScoresDocument } from '../../src/harness/scores-document.ts';

type Task = ScoresDocument['runs'][number]['tasks'][number];

const row = (task: string, value: number, more: Partial<ScoreRow> = {}): ScoreRow => ({
  task,
  family: 'f',
  metric: 'acc',
  filter: 'none',
  score: { status: 'ok', value },
  kappa: { status: 'ok', value },
  chance: 0.25,
  warnings: [],
  ...more,
});
const task = (name: string, value: number, more: Partial<Task> = {}, unit?: 'percent' | 'unknown'): Task => ({
  task: name,
  version: '2',
  nShot: 5,
  outputType: null,
  hash: null,
  n: 10,
  nOriginal: 10,
  metrics: [
    { metric: 'acc', filter: 'none', value, stderr: value / 10, higherIsBetter: null, ...(unit ? { unit } : {}) },
  ],
  warnings: [],
  items: 0,
  ...more,
});
const known = (id: string, more: Partial<FamilyTask> = {}): FamilyTask => ({
  id,
  metric: 'acc',
  filter: 'none',
  chance: 0.25,
  max: 1,
  source: 'a test',
  ...more,
});
const cards = (scores: ScoreRow[], tasks: FamilyTask[], raw: Task[][], datasets = {}) =>
  cardScores(
    { scores } as DossierCheckpoint,
    { families: [{ id: 'f', title: 'F', side: 'other', tasks } as Family] },
    {
      schemaVersion: '1.0',
      checkpoint: 'c',
      samples: null,
      runs: raw.map((own, index) => ({
        schemaVersion: '1.0',
        harness: `h${index}`,
        harnessVersion: null,
        suite: `s${index}`,
        fingerprint: null,
        settings: {},
        date: null,
        files: [],
        tasks: own,
      })),
    },
    datasets,
  );

test('a standard error follows the score to its scale', () => {
  const [score] = cards([row('t', 0.5)], [known('t')], [[task('t', 50, {}, 'percent')]]);
  expect(score).toMatchObject({
    stderr: { value: 0.05 },
    scale: { unit: 'proportion', max: 1 },
    shots: 5,
    version: '2',
  });
});

test('scale and direction are said only where a file says them', () => {
  const [far, open, other, unitless] = cards(
    [
      row('a', 700),
      row('b', 12, { chance: null }),
      row('c', 3, { family: null, chance: null }),
      row('d', 41, { chance: null }),
    ],
    [
      known('a', { max: 1000 }),
      known('b', { unbounded: true, direction: 'lower is better', chance: null }),
      known('d', { chance: null, max: 1 }),
    ],
    [[task('a', 700), task('b', 12), task('c', 3), task('d', 41, {}, 'unknown')]],
  );
  expect(far).toMatchObject({ scale: { unit: 'points', max: 1000 }, lowerIsBetter: false });
  expect(open).toMatchObject({ scale: { unit: 'unknown', max: null }, lowerIsBetter: true });
  expect(other).toMatchObject({ scale: { unit: 'unknown', max: null }, lowerIsBetter: null });
  expect(unitless?.scale).toEqual({ unit: 'unknown', max: null });
});

test('one task in two suites keeps both origins', () => {
  const both = cards([row('t', 0.5), row('t', 0.6)], [known('t')], [[task('t', 0.5)], [task('t', 0.6, { nShot: 0 })]]);
  expect(both.map(({ suite, shots, stderr }) => [suite, shots, stderr?.value])).toEqual([
    ['s0', 5, 0.05],
    ['s1', 0, 0.06],
  ]);
});

test('a task pooled from parts says what all parts share', () => {
  const pool = known('pool', { parts: ['p1', 'p2'] });
  const [same] = cards([row('pool', 0.5)], [pool], [[task('p1', 0.4), task('p2', 0.6)]]);
  expect(same).toMatchObject({ suite: 's0', shots: 5, version: null, stderr: null });
  const [apart] = cards([row('pool', 0.5)], [pool], [[task('p1', 0.4), task('p2', 0.6, { nShot: 0 })]]);
  expect(apart?.shots).toBeNull();
});

test('places on the hub: by name, by benchmark, by the user; names of objects are none', () => {
  const tasks = [known('gsm8k_cot', { benchmark: 'gsm8k' }), known('own'), known('constructor'), known('hle')];
  const scores = cards(
    tasks.map(({ id }) => row(id, 0.5)),
    tasks,
    [],
    { own: { id: 'org/own', task_id: 'main', scale: 'proportion' } },
  );
  expect(scores.map(({ dataset }) => dataset?.id ?? null)).toEqual(['openai/gsm8k', 'org/own', null, 'cais/hle']);
});
