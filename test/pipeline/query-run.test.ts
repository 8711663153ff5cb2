import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import type { Dossier } from '../../src/dossier/dossier.ts';
import { queryRuns, runTables } from '../../src/pipeline/query-run.ts';

const run = inject('exampleRun');
const dossier = JSON.parse(readFileSync(join(run, 'dossier.json'), 'utf8')) as Dossier;

test('per-item results average to the scores of the dossier', async () => {
  const { rows } = await queryRuns(
    [run],
    `SELECT checkpoint, task, avg(value), count(*) FROM samples WHERE metric = 'acc' GROUP BY ALL`,
  );
  expect(rows.length).toBe(6 * 36);
  for (const [checkpoint, task, mean, count] of rows) {
    const score = dossier.checkpoints
      .find(({ id }) => id === checkpoint)
      ?.scores.find((entry) => entry.task === task)?.score;
    if (score?.status !== 'ok') throw new Error(`no score of ${String(task)}`);
    expect(mean).toBeCloseTo(score.value, 12);
    expect(count).toBe(score.n);
  }
});

test('every number of a table is the number of the document', async () => {
  const { rows } = await queryRuns(
    [run],
    'SELECT checkpoint, base, family, fixed, fixed_low, fixed_high FROM families',
  );
  const expected = dossier.comparisons.flatMap(({ checkpoint, base, scores }) =>
    scores.status === 'ok'
      ? scores.families.map(({ family, fixed }) => [
          checkpoint,
          base,
          family,
          ...(fixed.status === 'ok' ? [fixed.value, fixed.interval?.low, fixed.interval?.high] : []),
        ])
      : [],
  );
  expect(rows).toEqual(expected);
});

test('several runs lie under each other with their folder in front', async () => {
  const { rows } = await queryRuns([run, run], 'SELECT DISTINCT run FROM comparisons');
  expect(rows).toEqual([[run]]);
  const tables = await runTables([run, run]);
  for (const { name, columns } of tables) {
    expect(columns[0]?.name).toBe('run');
    expect(new Set(columns.map(({ data }) => data.length)).size, name).toBe(1);
  }
});

test('the Parquet files lie beside the scores, one a checkpoint', () => {
  expect(readdirSync(join(run, 'samples'))).toEqual(
    dossier.checkpoints.map(({ id }) => `${id}.parquet`).sort((one, two) => (one < two ? -1 : 1)),
  );
});

test('a folder without a run is refused', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'skiagram-empty-'));
  await expect(queryRuns([empty], 'SELECT 1')).rejects.toMatchObject({ code: 'run-missing' });
  await expect(queryRuns([join(empty, 'nowhere')], 'SELECT 1')).rejects.toMatchObject({ code: 'run-missing' });
});
