import { expect, test } from 'vitest';
import { defaultConstants } from '../../src/base/constants.ts';
import { failed, ok } from '../../src/base/measured.ts';
import { type MatrixChange, matrixChanges, modelIndices } from '../../src/dossier/model-indices.ts';
import { light, pairDiagnosis } from './parts.ts';

const change = (
  role: string,
  D: number,
  G: number | undefined,
  relativeChange = 0.1,
  regime = 'conservative',
): MatrixChange => ({
  group: 'decoder',
  role,
  depth: 0,
  parameters: 64,
  relativeChange,
  correlation: 1 - D,
  D,
  G,
  regime,
});

test('attention and MLP weigh one half each, and so does each kind within them', () => {
  const indices = modelIndices(
    [change('q', 0.8, 0.5), change('q', 0.6, 0.5), change('o', 0.1, 0.1), change('up', 0, 0), change('down', 0.2, 0)],
    defaultConstants,
  );
  const D = ((0.7 + 0.1) / 2 + (0 + 0.2) / 2) / 2;
  const G = (0.5 + 0.1) / 2 / 2;
  expect(indices).toMatchObject({ D: expect.closeTo(D, 12), G: expect.closeTo(G, 12) });
  expect(indices.RI).toBeCloseTo(D + G - D * G, 12);
});

test('one matrix without a null leaves the model without a geometry score', () => {
  expect(modelIndices([change('q', 0.1, 0.1), change('up', 0.1, undefined)], defaultConstants)).toMatchObject({
    G: undefined,
    RI: undefined,
  });
});

test('shares count matrices, from the moderate threshold on', () => {
  const rows = [change('q', 0, 0, 0.5), change('o', 0, 0, 0.49), change('up', 1, 1, 1.4, 'deep'), change('down', 0, 0)];
  expect(modelIndices(rows, defaultConstants)).toMatchObject({
    shareMoved: 0.5,
    shareDeep: 0.25,
    medianRelativeChange: expect.closeTo(0.495, 12),
  });
});

test('matrices that are not pooled, stand outside the blocks or could not be measured are left out, not read as 0', () => {
  const [a, b, c, d, ...rest] = pairDiagnosis(light).matrices;
  if (!a || !b || !c || !d) throw new Error('no matrices');
  const kept = matrixChanges([
    { ...a, pooled: false },
    { ...b, depth: null },
    { ...c, diagnostics: { ...c.diagnostics, weight_correlation: failed('not-finite', 'NaN.') } },
    { ...d, diagnostics: { relative_change: ok(0.1) } },
    ...rest,
  ]);
  expect(kept).toHaveLength(rest.length);
});
