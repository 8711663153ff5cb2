import { expect, inject, test } from 'vitest';
import { modelIndex } from '../../../src/card/formats/model-index.ts';
import type { CardScore, ModelCard } from '../../../src/card/model-card.ts';
import { modelIndex as reader } from '../../../src/harness/model-index/reader.ts';
import { readTwice } from '../../harness/read-files.ts';
import { hostileNames } from '../../hostile-names.ts';
import { exampleCard, hostileCard } from '../example-card.ts';

const card = exampleCard(inject('exampleRun'));
const written = (of: ModelCard): string => modelIndex.render(of).files[0]?.text ?? '';
const read = async (of: ModelCard) => (await readTwice(reader, { 'README.md': `---\n${written(of)}---\n` }))[0];
const first = card.scores[0] as CardScore;

test('every score comes back from the reader: task, metric, value, standard error, shots', async () => {
  const run = await read(card);
  expect(run).toMatchObject({ model: 'narrow', claimed: true, leftOut: [] });
  const sorted = [...card.scores].sort((a, b) => (a.task < b.task ? -1 : 1));
  expect(run?.tasks.map(({ task, nShot, metrics }) => [task, nShot, metrics])).toEqual(
    sorted.map(({ task, metric, score, stderr, shots }) => [
      task,
      shots,
      [
        {
          metric,
          filter: 'none',
          value: score.status === 'ok' ? score.value : null,
          stderr: stderr?.value ?? null,
          higherIsBetter: null,
          unit: 'unknown',
        },
      ],
    ]),
  );
});

test('a filter, tiny and huge numbers, a place on the hub and a source survive', async () => {
  const scores: CardScore[] = [
    { ...first, filter: 'strict-match', score: { status: 'ok', value: 1e-7 }, stderr: { value: 2e-8, method: 'x' } },
    { ...first, task: 'big', score: { status: 'ok', value: 1.5e21 }, stderr: null },
    { ...first, task: 'hub', dataset: { id: 'org/set', task_id: 'main', scale: 'percent', revision: '1234567' } },
  ];
  const own = { ...card, scores, publisher: { ...card.publisher, source: 'https://example.org/logs' } };
  expect(written(own)).toContain('value: 1.0e-7\n');
  expect(written(own)).toContain('url: "https://example.org/logs"');
  const run = await read(own);
  expect(
    run?.tasks.map(({ task, version, metrics }) => [
      task,
      version,
      metrics[0]?.filter,
      metrics[0]?.value,
      metrics[0]?.stderr,
    ]),
  ).toEqual([
    ['big', null, 'none', 1.5e21, null],
    ['org/set/main', '1234567', 'none', 0.825, first.stderr?.value],
    ['tiny_reversal_digits', null, 'strict-match', 1e-7, 2e-8],
  ]);
});

test('one task of two suites stays two results; a third time it is left out with the reason', async () => {
  const again = { ...first, suite: 'five shots', shots: 5 };
  const own = { ...card, scores: [first, again, again] };
  expect((await read(own))?.tasks.map(({ task, nShot }) => [task, nShot])).toEqual([
    ['tiny_reversal_digits', 0],
    ['tiny_reversal_digits/suite five shots', 5],
  ]);
  expect(modelIndex.render(own).leftOut).toMatchObject([{ what: 'tiny_reversal_digits' }]);
});

test('a score that could not be had is left out with its reason, and no file is written for none', () => {
  const gone = { ...first, score: { status: 'failed', code: 'x', reason: 'It broke.' } } as const;
  expect(modelIndex.render({ ...card, scores: [gone] })).toEqual({
    files: [],
    leftOut: [{ what: gone.task, reason: 'It broke.' }],
  });
});

test.each(hostileNames)('the name %j comes back from YAML', async (name) => {
  const own = hostileCard(card, name);
  expect(modelIndex.check(written(own))).toEqual([]);
  expect(
    written(own)
      .split('\n')
      .every((line) => line.length < 12_000),
  ).toBe(true);
  const run = await read(own);
  expect([
    run?.model,
    run?.tasks[0]?.task,
    run?.tasks[0]?.metrics[0]?.metric,
    run?.tasks[0]?.metrics[0]?.filter,
  ]).toEqual([name, name, name, name]);
});
