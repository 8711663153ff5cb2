import { expect, inject, test } from 'vitest';
import { everyEvalEver } from '../../../src/card/formats/every-eval-ever.ts';
import type { CardScore, ModelCard } from '../../../src/card/model-card.ts';
import { everyEvalEver as reader } from '../../../src/harness/every-eval-ever/reader.ts';
import { readTwice } from '../../harness/read-files.ts';
import { hostileNames } from '../../hostile-names.ts';
import { exampleCard, hostileCard } from '../example-card.ts';

const card = exampleCard(inject('exampleRun'));
const [one, two] = card.scores as [CardScore, CardScore];
const read = (of: ModelCard, keep = /tiny|scores/) =>
  readTwice(
    reader,
    Object.fromEntries(
      everyEvalEver.render(of).files.flatMap(({ path, text }) => (keep.test(path) ? [[path, text]] : [])),
    ),
  );

test('every score comes back: value, standard error, n, unit, direction, library, date', async () => {
  const [run] = await read(card);
  expect(run).toMatchObject({
    model: 'narrow',
    harnessVersion: '0.4.13',
    claimed: false,
    settings: { library: 'lm_eval' },
    date: one.date,
  });
  const sorted = [...card.scores].sort((a, b) => (a.task < b.task ? -1 : 1));
  expect(run?.tasks.map(({ task, n, metrics }) => [task, n, metrics])).toEqual(
    sorted.map(({ task, metric, score, stderr }) => [
      task,
      200,
      [
        {
          metric,
          filter: 'none',
          value: score.status === 'ok' ? score.value : null,
          stderr: stderr?.value ?? null,
          higherIsBetter: true,
          unit: 'proportion',
        },
      ],
    ]),
  );
});

test('the interval of a score and who publishes it are in the record; nothing is made up', () => {
  const record = JSON.parse(everyEvalEver.render(card).files[0]?.text ?? '');
  const [result] = record.evaluation_results;
  expect(result.score_details.uncertainty).toMatchObject({
    confidence_interval: {
      lower: expect.closeTo(0.76636, 5),
      upper: expect.closeTo(0.87139, 5),
      confidence_level: 0.95,
      method: 'Wilson',
    },
    num_samples: 200,
  });
  expect(record.source_metadata).toMatchObject({
    source_organization_name: 'not stated',
    evaluator_relationship: 'other',
  });
  expect(record.retrieved_timestamp).toBe('1767323045');
  const signed = {
    ...card,
    publisher: { organization: 'acme', relationship: 'first_party' as const, source: 'https://example.org' },
  };
  expect(JSON.parse(everyEvalEver.render(signed).files[0]?.text ?? '').source_metadata).toMatchObject({
    source_organization_name: 'acme',
    evaluator_relationship: 'first_party',
  });
});

test('numbers about the weights that have a direction are a record of their own; others are left out', async () => {
  const { files, leftOut } = everyEvalEver.render(card);
  expect(files.map(({ path }) => path)).toEqual(['every-eval-ever/tiny.json', 'every-eval-ever/weights/spectra.json']);
  const [run] = await read(card, /weights/);
  const share = card.spectra.find(({ id }) => id === 'alpha_share')?.value;
  expect(run?.tasks.find(({ metrics }) => metrics[0]?.metric === 'alpha_share')).toMatchObject({
    n: 56,
    metrics: [{ value: share?.status === 'ok' ? share.value : null, unit: 'percent', higherIsBetter: true }],
  });
  expect(leftOut.map(({ what }) => what)).toContain('mean_alpha');
});

test('open scales, filters, quoted scores and places on the hub come back; no direction is no result', async () => {
  const scores: CardScore[] = [
    {
      ...one,
      filter: 'strict',
      metric: 'exact_match',
      claimed: true,
      dataset: { id: 'org/set', task_id: 'm', scale: 'percent' },
    },
    { ...one, filter: 'flexible', metric: 'exact_match', claimed: true },
    {
      ...two,
      metric: 'perplexity',
      lowerIsBetter: true,
      claimed: true,
      scale: { unit: 'unknown', max: null },
      score: { status: 'ok', value: 12.5 },
      stderr: null,
    },
    { ...two, task: 'below', claimed: true, score: { status: 'ok', value: -0.25 }, stderr: null },
    { ...two, task: 'unsure', lowerIsBetter: null },
  ];
  const own = { ...card, scores };
  const [run] = await read(own);
  expect(run?.claimed).toBe(true);
  expect(
    run?.tasks.map(({ task, metrics }) => [
      task,
      metrics.map(({ filter, value, unit, higherIsBetter }) => [filter, value, unit, higherIsBetter]),
    ]),
  ).toEqual([
    ['below', [['none', -0.25, 'proportion', true]]],
    [
      'tiny_reversal_digits',
      [
        ['strict', 0.825, 'proportion', true],
        ['flexible', 0.825, 'proportion', true],
      ],
    ],
    ['tiny_reversal_early', [['none', 12.5, 'unknown', false]]],
  ]);
  expect(everyEvalEver.render(own).leftOut[0]).toEqual({
    what: 'unsure',
    reason: expect.stringContaining('lower is better'),
  });
});

test('numbers that somebody else measured are quoted', async () => {
  const spectra = card.spectra.map((spectrum) => ({
    ...spectrum,
    value: { status: 'ok' as const, value: 70, note: 'recorded, not measured here: Table 1' },
  }));
  expect((await read({ ...card, spectra }, /weights/))[0]?.claimed).toBe(true);
  expect((await read(card, /weights/))[0]?.claimed).toBe(false);
});

test.each(hostileNames)('the name %j comes back', async (name) => {
  const own = hostileCard(card, name);
  const { files } = everyEvalEver.render(own);
  for (const { path, text } of files) {
    expect(path).toMatch(/^every-eval-ever\/(?:weights\/)?[A-Za-z0-9_][A-Za-z0-9._-]{0,63}\.json$/);
    expect(everyEvalEver.check(text)).toEqual([]);
  }
  const [run] = await readTwice(reader, { 'record.json': files[0]?.text ?? '' });
  expect(run).toMatchObject({
    model: name,
    tasks: [{ task: name, metrics: [{ metric: name, filter: name, value: 0.825 }] }],
  });
});
