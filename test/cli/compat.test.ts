import { expect, test } from 'vitest';
import { problemsOf } from '../../src/base/validate.ts';
import { CompatDiagnosis } from '../../src/pipeline/compat-path.ts';
import { reference } from '../reference/reference-table.ts';
import { skiagram } from './skiagram.ts';

const tiny = 'examples/tiny/checkpoints';
const compat = ['--compat', 'weightwatcher'];

test('--json is one document of the published schema, with the columns of WeightWatcher in its order', async () => {
  const { stdout, exitCode } = await skiagram(['diagnose', `${tiny}/base`, ...compat, '--json']);
  const document = JSON.parse(stdout) as CompatDiagnosis;
  expect([exitCode, problemsOf(CompatDiagnosis, document)]).toEqual([0, []]);
  const theirs = reference.tables[`${tiny}/base`];
  expect(Object.keys(document.rows[0] ?? {})).toEqual(theirs?.columns);
  expect(document.summary.alpha).toBeCloseTo(Number(theirs?.summary.alpha), 9);
  // Norm gains count in the ids and have no row.
  expect(document.dropped).toContainEqual({
    name: 'model.norm.weight',
    reason: expect.stringContaining('neither 2-D nor 4-D'),
  });
});

test('--csv prints every column in full, one line a layer', async () => {
  const { stdout } = await skiagram([
    'diagnose',
    'test/reference/compat',
    ...compat,
    '--csv',
    '--engine',
    'portable',
    '--mp-fit',
    '--erg',
  ]);
  const [head = '', ...lines] = stdout.trim().split('\n');
  const columns = head.split(',');
  const theirs = reference.tables['test/reference/compat'];
  expect(columns).toEqual(theirs?.columns.filter((column) => !/^(rand_|max_rand|ww_|num_traps)/.test(column)));
  expect(lines).toHaveLength(Object.keys(theirs?.rows ?? {}).length);
  const wide = lines.map((line) => line.split(',')).find((cells) => cells[1] === 'wide');
  expect(Number(wide?.[columns.indexOf('alpha')])).toBeCloseTo(Number(theirs?.rows.wide?.alpha), 9);
});

test('the table for people ends with the means and says what WeightWatcher drops in silence', async () => {
  const { stdout } = await skiagram(['diagnose', `${tiny}/base`, ...compat, '--min-evals', '60']);
  expect(stdout).toContain('layer_id');
  expect(stdout).toMatch(/log_alpha_norm: \d/);
  expect(stdout).toMatch(
    /No row for model\.layers\.0\.self_attn\.k_proj\.weight: it has 48 eigenvalues, fewer than min_evals = 60/,
  );
});

test.each([
  [['--csv'], 'means nothing without --compat'],
  [['--max-n', '9'], 'means nothing without --compat'],
  [[...compat, '--max-n', '100'], 'contradict each other'],
  [[...compat, '--min-evals', 'few'], 'whole number'],
  [[...compat, '--base', `${tiny}/base`], '--compat goes without --base'],
  [[...compat, '--csv', `${tiny}/narrow`], 'one table, and 2 paths'],
  [['--compat', 'other'], 'Allowed choices are weightwatcher'],
])('%j is exit code 2 and says why', async (flags, words) => {
  const { stderr, exitCode } = await skiagram(['diagnose', `${tiny}/base`, ...flags]);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(words)]);
});
