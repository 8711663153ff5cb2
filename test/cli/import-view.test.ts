import pc from 'picocolors';
import { expect, test } from 'vitest';
import { importView } from '../../src/cli/import-view.ts';
import type { RawRun } from '../../src/harness/raw-run.ts';
import { rawTask } from '../scores/raw-task.ts';

const run: RawRun = {
  schemaVersion: '1.0',
  harness: 'helm',
  harnessVersion: null,
  model: 'lab/\u001b[31mred\nmodel',
  suite: 's',
  fingerprint: null,
  settings: {},
  date: null,
  files: [{ name: 'a', sha256: 'b' }],
  tasks: Array.from({ length: 57 }, (_, index) => ({
    ...rawTask(
      [1, 0],
      `mmlu:subject=a_subject_with_a_long_name_${index},method=multiple_choice_joint,\ndata_augmentation=canonical`,
    ),
    warnings: [
      { code: 'samples-missing', message: 'There is no samples file, so nothing can be compared item by item.' },
    ],
    metrics: ['exact_match', 'quasi_prefix_exact_match'].map((metric) => ({
      metric,
      filter: 'none',
      value: 0.5,
      stderr: null,
      higherIsBetter: null,
      unit: 'unknown' as const,
    })),
  })),
};
const view = (width: number): string[] =>
  importView(
    [run],
    {
      runs: [run],
      formats: ['helm'],
      leftOut: Array.from({ length: 300 }, (_, index) => ({
        what: `stats.json: row ${index}`,
        reason: 'of another split',
      })),
    },
    { width, colors: pc.createColors(false) },
  ).split('\n');

test.each([60, 80, 120])('fits %i columns, however long the names are', (width) => {
  for (const line of view(width)) expect(line.length).toBeLessThanOrEqual(width);
});

test('control characters and line breaks of foreign names do not reach the terminal', () => {
  expect(view(80).join('\n')).not.toContain('\u001b');
  expect(view(80)[0]).toBe('lab/␛[31mred model, helm');
});

test('long tables are cut and one reason is one entry', () => {
  const text = view(80).join('\n');
  expect(text).toContain('… and 54 more scores (--json has all)');
  expect(text).toContain('stats.json: row 0, stats.json: row 1, stats.json: row 2 and 297 more: of');
  expect(text.match(/There is no samples file/g)).toHaveLength(1);
  expect(text).toContain('state it with --scale');
});

test('nothing of a long name is hidden', () => {
  const first = view(80)
    .filter((line) => line.startsWith('│'))
    .slice(1)
    .map((line) => line.slice(2).split('│')[0]?.trim())
    .join('');
  expect(first).toContain('mmlu:subject=a_subject_with_a_long_name_29,method=multiple_choice_joint');
});
