import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readValue } from '../../../src/harness/model-index/read-value.ts';
import { modelIndex } from '../../../src/harness/model-index/reader.ts';
import { readFiles, readTwice } from '../read-files.ts';

const card = readFileSync(new URL('./fixtures/card.md', import.meta.url)).toString();

test('a card of two models: claimed scores whose unit nobody says', async () => {
  const [base, chat, ...others] = await readTwice(modelIndex, { 'README.md': card });
  expect(others).toEqual([]);
  expect(base).toMatchObject({ harness: 'model-index', model: 'base-1b', claimed: true, settings: {}, date: null });
  const bare = { stderr: null, higherIsBetter: null, unit: 'unknown' };
  expect(base?.tasks).toMatchObject([
    {
      task: 'acme/arc/validation',
      version: null,
      nShot: null,
      n: null,
      metrics: [
        { ...bare, metric: 'acc', filter: 'none', value: 61.25, stderr: 2.5, unit: 'percent' },
        { ...bare, metric: 'loss', filter: 'none', value: null },
      ],
    },
    {
      task: 'acme/gsm8k/main',
      version: '740312a',
      nShot: 5,
      n: null,
      metrics: [
        { ...bare, metric: 'exact_match', filter: 'strict match', value: 45.3 },
        { ...bare, metric: 'exact_match', filter: 'flexible match', value: 47.5 },
      ],
    },
  ]);
  expect(base?.leftOut).toEqual([
    {
      what: 'README.md: model-index[0].results[0].metrics[1].value',
      reason: '"± 1.2" beside the number; it does not say what it is',
    },
    { what: 'README.md: model-index[0].results[1].metrics[1].value', reason: 'no number: "n/a"' },
  ]);
  expect(base?.tasks[0]?.warnings.map(({ code }) => code)).toEqual(['non-finite-score', 'samples-missing']);
  expect(chat?.tasks).toMatchObject([{ task: 'sums', metrics: [{ metric: 'accuracy', value: 0.5 }] }]);
});

test('Windows line ends, a byte order mark and markup in names change nothing', async () => {
  const odd = `\uFEFF${card.replaceAll('acme/arc', '"<b>\\e[1m"').replaceAll('\n', '\r\n')}`;
  const [run] = await readFiles(modelIndex, { 'README.md': odd });
  expect(run?.tasks.map(({ task }) => task)).toEqual(['<b>\u001b[1m/validation', 'acme/gsm8k/main']);
});

test('a card without model-index, and front matter of something else, are not recognised', async () => {
  expect(await readFiles(modelIndex, { 'README.md': '---\nlicense: mit\n---\n', 'a.md': '# model-index:\n' })).toEqual(
    [],
  );
});

test.each([
  [45, { value: 45, stderr: null, unit: 'unknown', rest: null }],
  ['45.3', { value: 45.3, stderr: null, unit: 'unknown', rest: null }],
  ['-.5e1 %', { value: -5, stderr: null, unit: 'percent', rest: null }],
  ['45.3 ± 1.2', { value: 45.3, stderr: null, unit: 'unknown', rest: '± 1.2' }],
  ['45.3% +/- 1.2% (std. err.)', { value: 45.3, stderr: 1.2, unit: 'percent', rest: null }],
  ['0.5 ± 0.01 standard error', { value: 0.5, stderr: 0.01, unit: 'unknown', rest: null }],
  ['45 (+/- 1.96 * std)', { value: 45, stderr: null, unit: 'unknown', rest: '(+/- 1.96 * std)' }],
  [Number.POSITIVE_INFINITY, { value: null, stderr: null, unit: 'unknown', rest: null }],
  ['1,234', undefined],
  ['45.3/47.1', undefined],
  ['N/A', undefined],
  ['', undefined],
  [[45], undefined],
  [{ precision: 1 }, undefined],
])('%j is read as %j', (value, expected) => {
  expect(readValue(value)).toEqual(expected);
});
