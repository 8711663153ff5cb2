import { expect, inject, test } from 'vitest';
import { buildCard } from '../../src/card/build-card.ts';
import { byStem, fileStem } from '../../src/card/format.ts';
import { cardInput, exampleCard } from './example-card.ts';

const run = inject('exampleRun');

test('a card says what the documents of the run say', () => {
  const { dossier, verdict } = cardInput(run, 'narrow');
  const card = exampleCard(run);
  const own = dossier.checkpoints.find(({ id }) => id === 'narrow');
  const comparison = dossier.comparisons.find(({ checkpoint }) => checkpoint === 'narrow');
  const decided = verdict.comparisons.find(({ checkpoint }) => checkpoint === 'narrow');
  if (comparison?.scores.status !== 'ok' || comparison.weights.status !== 'ok') throw new Error('the example has both');
  expect(card.model).toMatchObject({
    name: 'narrow',
    hubId: null,
    fingerprint: own?.fingerprint,
    parameters: own?.parameters,
    matrices: 56,
    attestation: 'attested',
  });
  expect(card.scores.map(({ task, score }) => [task, score])).toEqual(
    own?.scores.map(({ task, score }) => [task, score]),
  );
  expect(card.comparisons).toHaveLength(1);
  expect(card.comparisons[0]).toMatchObject({
    base: 'base',
    verdict: 'benchmark-shadow',
    plain: decided?.plain,
    because: decided?.because,
    confidence: decided?.confidence,
    noScores: null,
    noWeights: null,
    weights: {
      depth: comparison.weights.restructuring.D,
      relativeChange: comparison.weights.restructuring.medianRelativeChange,
    },
  });
  expect(card.comparisons[0]?.families.map(({ fixed }) => fixed)).toEqual(
    comparison.scores.families.map(({ fixed }) => fixed),
  );
  expect(card.spectra.find(({ id }) => id === 'alpha_share')?.value).toEqual(own?.model.alpha_share);
});

test('what the harness said stands beside each score', () => {
  expect(exampleCard(run).scores[0]).toMatchObject({
    suite: 'tiny',
    harness: 'lm-eval',
    harnessVersion: '0.4.13',
    shots: 0,
    version: '1',
    scale: { unit: 'proportion', max: 1 },
    lowerIsBetter: false,
    stderr: { value: 0.026935153843310702, method: 'as reported by lm-eval' },
  });
});

test('without a scores document the scores stay, and say less', () => {
  const card = buildCard({ ...cardInput(run, 'narrow'), scores: undefined }, 'narrow');
  expect(card.scores).toHaveLength(36);
  expect(card.scores[0]).toMatchObject({ suite: null, shots: null, stderr: null, score: { value: 0.825 } });
});

test('a checkpoint without a base has scores and no verdict; of an unknown one the known are named', () => {
  expect(exampleCard(run, 'base')).toMatchObject({ comparisons: [], scores: { length: 36 } });
  expect(() => buildCard(cardInput(run, 'narrow'), 'narow')).toThrow(
    expect.objectContaining({ code: 'checkpoint-unknown', exitCode: 2, hint: expect.stringContaining('narrow') }),
  );
});

test('remarks about other checkpoints are not of this card', () => {
  const input = cardInput(run, 'narrow');
  input.dossier.limits.push('broad: task x was not compared: y.', 'narrow: task z was not compared: y.');
  const { limits } = buildCard(input, 'narrow');
  expect(limits).toContain('narrow: task z was not compared: y.');
  expect(limits).not.toContain('broad: task x was not compared: y.');
});

test('names become file names that stay in their folder and apart', () => {
  expect(['narrow', '../x', '.hidden', '', 'a/b', 'CON\u0000', 'é', 'x'.repeat(99)].map(fileStem)).toEqual([
    'narrow',
    '_.._x',
    '_.hidden',
    '_',
    'a_b',
    'CON_',
    '__',
    'x'.repeat(64),
  ]);
  expect(byStem(['a/b', 'a?b', 'A_b', 'a/b'], (name) => name).map(({ stem, items }) => [stem, items.length])).toEqual([
    ['a_b', 2],
    ['a_b-2', 1],
    ['A_b-3', 1],
  ]);
});
