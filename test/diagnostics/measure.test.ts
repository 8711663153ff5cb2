import { expect, test } from 'vitest';
import { numberOf, ok } from '../../src/base/measured.ts';
import type { Group } from '../../src/checkpoint/checkpoint.ts';
import type { MatrixDiagnosis } from '../../src/diagnostics/diagnosis.ts';
import { measureMatrix, measureModel, measurePair, measureTrajectory } from '../../src/diagnostics/measure.ts';
import { diagnostics } from '../../src/diagnostics/registry.ts';
import { gaussian, pairInput, spectrumInput } from './inputs.ts';

const matrix = (group: Group, alpha: number, pooled = true): MatrixDiagnosis => ({
  name: '',
  role: 'q',
  depth: 0,
  group,
  rows: 8,
  cols: 8,
  dtype: 'F32',
  pooled,
  diagnostics: { alpha: ok(alpha) },
  labels: {},
});
const idsOf = (scope: string): string[] =>
  Object.entries(diagnostics).flatMap(([id, unit]) => (unit.scope === scope ? [id] : []));

test('every registered diagnostic of a scope is measured, under its id', () => {
  expect(Object.keys(measureMatrix(spectrumInput([1, 2, 3])))).toEqual(idsOf('matrix'));
  expect(Object.keys(measurePair(pairInput(gaussian(4, 4, 1), gaussian(4, 4, 2), [4, 4])))).toEqual(idsOf('pair'));
  expect(Object.keys(measureModel('model', []))).toEqual(idsOf('model'));
  expect(Object.keys(measureModel('pair-model', []))).toEqual(idsOf('pair-model'));
  expect(Object.keys(measureTrajectory({ steps: [] }))).toEqual(idsOf('trajectory'));
});

test('decoder and vision tower are summarised apart, the decoder under plain ids; what is not pooled counts nowhere', () => {
  const model = measureModel('model', [
    matrix('vision', 20),
    matrix('decoder', 3),
    matrix('decoder', 5),
    matrix('decoder', 99, false),
  ]);
  expect(numberOf(model.mean_alpha)).toBe(4);
  expect(numberOf(model['mean_alpha.vision'])).toBe(20);
});

test('without a decoder the largest group is the main one', () => {
  const model = measureModel('model', [matrix('projector', 9), matrix('vision', 3), matrix('vision', 5)]);
  expect(numberOf(model.mean_alpha)).toBe(4);
  expect(numberOf(model['mean_alpha.projector'])).toBe(9);
});

test('parts of a summary follow a colon, of another group after its name', () => {
  const along = (group: Group): MatrixDiagnosis[] =>
    [3, 4, 3, 4, 3].map((alpha, depth) => ({ ...matrix(group, alpha), depth, role: 'v' }));
  const model = measureModel('model', [...along('decoder'), ...along('vision')]);
  expect(numberOf(model['alpha_heterogeneity:v'])).toBeCloseTo(1.4826, 10);
  expect(numberOf(model['alpha_heterogeneity.vision:v'])).toBeCloseTo(1.4826, 10);
});
