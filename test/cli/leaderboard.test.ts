import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { problemsOf } from '../../src/base/validate.ts';
import { Leaderboard } from '../../src/leaderboard/leaderboard.ts';
import { skiagram } from './skiagram.ts';

const run = inject('exampleRun');
const folder = mkdtempSync(join(tmpdir(), 'skiagram-board-'));
const bytes = (out: string): Record<string, string> =>
  Object.fromEntries(readdirSync(out).map((name) => [name, readFileSync(join(out, name), 'utf8')]));

describe('the checkpoints of the example run', () => {
  test('give pages, CSV and JSON that keeps its schema; a second time the same bytes', async () => {
    const [first, second] = [join(folder, 'first'), join(folder, 'second')];
    const result = await skiagram(['leaderboard', run, '--out', first, '--json']);
    expect(result.stderr).toBe('');
    expect(result.exitCode).toBe(0);
    const printed = JSON.parse(result.stdout) as Leaderboard;
    expect(problemsOf(Leaderboard, printed)).toEqual([]);
    expect(printed).toEqual(JSON.parse(readFileSync(join(first, 'leaderboard.json'), 'utf8')));
    expect(printed.overall?.places.map(({ model }) => model)).toEqual([
      'broad',
      'broad-2',
      'broad-1',
      'narrow',
      'base',
      'rebuilt',
    ]);
    expect(printed.models.find(({ model }) => model === 'narrow')?.verdict?.verdict).toBe('benchmark-shadow');
    expect((await skiagram(['leaderboard', run, '--out', second])).exitCode).toBe(0);
    expect(bytes(second)).toEqual(bytes(first));
  });

  test('scores are those of the dossier where all items count', async () => {
    const printed = JSON.parse(readFileSync(join(folder, 'first', 'leaderboard.json'), 'utf8')) as Leaderboard;
    const dossier = JSON.parse(readFileSync(join(run, 'dossier.json'), 'utf8')) as {
      checkpoints: { id: string; scores: { task: string; kappa: { value: number } }[] }[];
    };
    for (const { id, scores } of dossier.checkpoints)
      for (const { task, kappa } of scores) {
        const own = printed.models.find(({ model }) => model === id)?.tasks.find((entry) => entry.task === task);
        expect(own?.score.status === 'ok' ? own.score.value : Number.NaN).toBeCloseTo(100 * kappa.value, 6);
      }
  });

  test('history grows with what changed, and a page that is no longer made goes', async () => {
    const [out, history] = [join(folder, 'grown'), join(folder, 'builds', 'history.jsonl')];
    await skiagram(['leaderboard', run, '--out', out, '--history', history, '--format', 'html']);
    await skiagram(['leaderboard', run, '--out', out, '--history', history, '--format', 'html']);
    expect(readFileSync(history, 'utf8').trim().split('\n')).toHaveLength(1);
    writeFileSync(join(out, 'model-gone.html'), 'x');
    writeFileSync(join(out, 'notes.html'), 'x');
    await skiagram(['leaderboard', run, '--out', out, '--history', history]);
    expect(existsSync(join(out, 'model-gone.html'))).toBe(false);
    expect(existsSync(join(out, 'notes.html'))).toBe(true);
  });

  test('a copy of the run under another name adds no model', async () => {
    const copy = join(folder, 'copy');
    cpSync(run, copy, { recursive: true });
    const result = await skiagram([
      'leaderboard',
      run,
      copy,
      '--out',
      join(folder, 'both'),
      '--json',
      '--format',
      'json',
    ]);
    const printed = JSON.parse(result.stdout) as Leaderboard;
    expect(printed.models.map(({ alsoIn }) => alsoIn)).toEqual(new Array(6).fill(['copy']));
    rmSync(join(copy, 'samples', 'narrow.parquet'));
    const broken = await skiagram(['leaderboard', copy, '--out', join(folder, 'both')]);
    expect(broken.exitCode).toBe(3);
    expect(broken.stderr).toContain('narrow.parquet is not there');
  });
});

describe('bad input ends with what to do, and writes nothing', () => {
  const out = join(folder, 'never');
  test.each([
    ['no run', [], 'No run was named'],
    ['a folder that is no run', ['docs'], 'docs holds no finished run'],
    ['a folder that is not there', ['nowhere'], 'it is no folder'],
    ['a run named twice', [run, `${run}/.`], 'is named twice'],
    ['a format of a report', [run, '--format', 'html,jsn'], 'Did you mean "json"?'],
  ] as const)('%s', async (_, args, text) => {
    const result = await skiagram(['leaderboard', ...args, '--out', out]);
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain(text);
    expect(result.stderr).toContain('hint');
    expect(result.stderr).not.toMatch(/\n\s+at /);
    expect(existsSync(out)).toBe(false);
  });

  test('a run folder as the place to write', async () => {
    const result = await skiagram(['leaderboard', run, '--out', run]);
    expect([result.exitCode, result.stderr.includes('is a run folder')]).toEqual([2, true]);
  });

  test('a history file with another line in it', async () => {
    const history = join(folder, 'other.jsonl');
    writeFileSync(history, '{"schemaVersion":"1.0","created":"x","basis":"y","models":[]}\n');
    const result = await skiagram(['leaderboard', run, '--out', out, '--history', history]);
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain('other.jsonl, line 1 is no build of a leaderboard');
    expect(existsSync(out)).toBe(false);
  });
});
