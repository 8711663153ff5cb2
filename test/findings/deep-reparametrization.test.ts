import { expect, test } from 'vitest';
import { notAssessable } from '../../src/dossier/restructuring.ts';
import { deepReparametrization } from '../../src/findings/deep-reparametrization.ts';
import { light, narrowGain, rewritten } from '../dossier/parts.ts';
import { look, only, plant, without } from './comparison.ts';

test('is detected where the layers were rewritten, and names them as runs', () => {
  expect(look(deepReparametrization, plant(narrowGain, rewritten))).toMatchObject({
    status: 'detected',
    names: ['0–11'],
    plain: expect.stringContaining('layers 0–11'),
  });
});

test('is not detected where nothing was rewritten', () => {
  expect(look(deepReparametrization, plant(narrowGain, light))).toMatchObject({
    status: 'not-detected',
    plain: 'No weight matrix was rewritten.',
  });
});

test('names single rewritten layers without calling the model rebuilt', () => {
  const dossier = plant(narrowGain, light);
  const { weights } = only(dossier);
  if (weights.status !== 'ok') throw new Error('no weights');
  for (const matrix of weights.matrices)
    if (matrix.depth === 3 || matrix.depth === 4) matrix.labels.modification_regime = 'deep';
  expect(look(deepReparametrization, dossier)).toMatchObject({ status: 'not-detected', names: ['3–4'] });
});

test('is not applicable without the weights, and stands without the scores', () => {
  expect(look(deepReparametrization, without('weights', plant())).status).toBe('not-applicable');
  expect(look(deepReparametrization, without('scores', plant(narrowGain, rewritten))).status).toBe('detected');
});

test('does not name layers of a vision tower as layers of the rebuilt decoder', () => {
  const dossier = plant(narrowGain, rewritten);
  const { weights } = only(dossier);
  if (weights.status !== 'ok' || !weights.matrices[0]) throw new Error('no weights');
  weights.matrices.push({ ...weights.matrices[0], name: 'vision', group: 'vision', depth: 30 });
  expect(look(deepReparametrization, dossier).names).toEqual(['0–11']);
});

test('says why where no matrix could be compared, and not that nothing was rewritten', () => {
  const dossier = plant(narrowGain, light);
  const { weights } = only(dossier);
  if (weights.status !== 'ok') throw new Error('no weights');
  weights.restructuring = notAssessable('no-pooled-pairs', 'No matrix could be compared.');
  weights.matrices = [];
  expect(look(deepReparametrization, dossier)).toMatchObject({
    status: 'not-applicable',
    plain: 'No matrix could be compared.',
  });
});
