import { expect, test } from 'vitest';
import { defaultConstants } from '../../src/base/constants.ts';
import { ok } from '../../src/base/measured.ts';
import type { Comparison } from '../../src/dossier/dossier.ts';
import { joinDossier } from '../../src/dossier/join.ts';
import { levels } from '../../src/verdict/levels.ts';
import { checkpoint, flat, joinInput, light, pairDiagnosis, rewritten } from '../dossier/parts.ts';

/** Weights that changed so, with how the α of each matrix moved in or out of [2, 6]. */
function weights(change: Parameters<typeof pairDiagnosis>[0], entered = 0, left = 0): Comparison['weights'] {
  const pair = pairDiagnosis(change);
  const matrices = pair.matrices.map((matrix, index) => ({
    ...matrix,
    diagnostics: {
      ...matrix.diagnostics,
      alpha_range_change: ok(index < entered ? 1 : index < entered + left ? -1 : 0),
    },
  }));
  const subject = checkpoint('sft', '1', flat, { base: 'base', pair: { ...pair, matrices } });
  return joinDossier(joinInput([checkpoint('base', '0', flat), subject])).comparisons[0]
    ?.weights as Comparison['weights'];
}
const sees = (of: Comparison['weights']): Record<string, string> =>
  Object.fromEntries(levels(of, defaultConstants).map(({ level, sees: what }) => [level, what]));

test('equal moves in and out leave the share as it was while the dynamics see the change: the aggregate hides it', () => {
  expect(sees(weights(rewritten, 12, 12))).toMatchObject({ aggregate: 'no-change', dynamics: 'change' });
});

test('moves to one side are a change of the share: 12 to 0 has an exact p of 2·2⁻¹²', () => {
  const [aggregate] = levels(weights(light, 12, 0), defaultConstants);
  expect(aggregate?.sees).toBe('change');
  expect(aggregate?.text).toContain((2 * 2 ** -12).toPrecision(2));
});

test('five moves to one side are not enough: p is 2·2⁻⁵ = 0.0625', () => {
  expect(sees(weights(light, 5, 0)).aggregate).toBe('no-change');
});

test('weights within storage precision did not move, for the dynamics', () => {
  expect(sees(weights({ m: 0.001, r: 1, G: 0 })).dynamics).toBe('no-change');
});

test('without weights no level says anything, and each says why', () => {
  const none = { status: 'failed', error: { code: 'no-pair', message: 'There are no weights.', hint: '' } } as never;
  for (const { sees: what, text } of levels(none, defaultConstants)) {
    expect(what).toBe('not-assessable');
    expect(text).toContain('There are no weights.');
  }
});
