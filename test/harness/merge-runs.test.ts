import { describe, expect, test } from 'vitest';
import { SkiagramError } from '../../src/base/error.ts';
import { mergeRuns } from '../../src/harness/merge-runs.ts';
import type { RawRun } from '../../src/harness/raw-run.ts';
import { rawTask } from '../scores/raw-task.ts';

function run(over: Partial<RawRun>): RawRun {
  return {
    schemaVersion: '1.0',
    harness: 'inspect',
    harnessVersion: '1',
    model: 'lab/model',
    suite: 's',
    fingerprint: null,
    settings: { seed: 1 },
    date: '2026-01-01T00:00:00.000Z',
    files: [{ name: 'a.json', sha256: 'a'.repeat(64) }],
    tasks: [rawTask([1, 0], 'one')],
    ...over,
  };
}

const older = '2025-01-01T00:00:00.000Z';

describe('runs of the same model and settings become one', () => {
  test('with the tasks of all, in order of their names, however the files are called', () => {
    const parts = [run({}), run({ tasks: [rawTask([1], 'b')], files: [{ name: 'z', sha256: 'b' }], date: older })];
    const merged = mergeRuns(parts);
    expect(merged).toHaveLength(1);
    expect(merged[0]?.tasks.map(({ task }) => task)).toEqual(['b', 'one']);
    expect(merged[0]?.files.map(({ name }) => name)).toEqual(['a.json', 'z']);
    expect(mergeRuns([...parts].reverse())).toEqual(merged);
  });

  test('the newest run of a task counts and the older one is named', () => {
    const [merged] = mergeRuns([run({ tasks: [rawTask([0, 0], 'one')], date: older }), run({})]);
    expect(merged?.tasks[0]?.metrics[0]?.value).toBe(0.5);
    expect(merged?.leftOut).toEqual([
      { what: 'one of a.json', reason: `an older run of the same (${older}); the newer one was taken` },
    ]);
  });

  test.each([
    ['no date tells them apart', run({}), run({}), 'nothing says which is newer'],
    ['the model has no name', run({ model: null }), run({ model: null, date: older }), 'may be two models'],
  ])('a task that comes twice is refused where %s', (_, one, two, reason) => {
    expect(() => mergeRuns([one, two])).toThrow(SkiagramError);
    expect(() => mergeRuns([one, two])).toThrow(reason);
  });
});

test.each([
  ['models', { model: 'lab/other' }],
  ['settings', { settings: { seed: 2 } }],
  ['harness versions', { harnessVersion: '2' }],
  ['a quoted and a measured score', { claimed: true }],
] as const)('different %s stay apart', (_, over) => {
  expect(mergeRuns([run({}), run(over)])).toHaveLength(2);
});

test('of two runs without dates the first is named first', () => {
  const [first, second] = ['a.json', 'b.json'].map((name) =>
    run({ date: null, files: [{ name, sha256: 'a'.repeat(64) }] }),
  ) as [RawRun, RawRun];
  expect(() => mergeRuns([first, second])).toThrow('in a.json and b.json');
});
