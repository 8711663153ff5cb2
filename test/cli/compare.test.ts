import { expect, inject, test } from 'vitest';
import { problemsOf } from '../../src/base/validate.ts';
import { RunsCompared } from '../../src/report/compare/runs-compared.ts';
import { skiagram } from './skiagram.ts';

const run = inject('exampleRun');

test('a run beside itself: the table says that nothing differs, and the exit code is 0', async () => {
  const { stdout, exitCode } = await skiagram(['compare', run, run]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('benchmark-shadow (unchanged)');
  expect(stdout).toMatch(/\n0 of \d+ numbers differ at q ≤ 0.05/);
});

test('--json is a document of the published schema', async () => {
  const { stdout, exitCode } = await skiagram(['compare', run, run, '--json']);
  expect(exitCode).toBe(0);
  expect(problemsOf(RunsCompared, JSON.parse(stdout))).toEqual([]);
});

test('a folder without a run is said with what to do', async () => {
  const { stderr, exitCode } = await skiagram(['compare', run, '/nowhere']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('/nowhere holds no finished run');
  expect(stderr).toContain('hint');
});
