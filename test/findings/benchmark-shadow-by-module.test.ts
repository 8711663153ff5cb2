import { expect, test } from 'vitest';
import type { MatrixDiagnosis } from '../../src/diagnostics/diagnosis.ts';
import type { Dossier } from '../../src/dossier/dossier.ts';
import { benchmarkShadowByModule } from '../../src/findings/benchmark-shadow-by-module.ts';
import { broadGain, light, narrowGain, pairDiagnosis, rewritten } from '../dossier/parts.ts';
import { look, only, plant, without } from './comparison.ts';

/** Puzzles lean on the vision encoder, which moved as `vision` says; the decoder was rewritten. */
function world(share: typeof narrowGain, vision: Parameters<typeof pairDiagnosis>[0]): Dossier {
  const dossier = plant(share, rewritten);
  const { weights } = only(dossier);
  if (weights.status !== 'ok') throw new Error('no weights');
  const encoder: MatrixDiagnosis[] = pairDiagnosis(vision).matrices.map((matrix) => ({ ...matrix, group: 'vision' }));
  weights.matrices.push(...encoder);
  dossier.families = structuredClone(dossier.families);
  for (const family of dossier.families)
    if (family.id === 'puzzles') family.modules = ['vision', 'attention'];
    else if (family.id === 'reading') family.modules = ['mlp'];
  return dossier;
}

test('is detected in the encoder that stayed, beside a decoder that was rewritten', () => {
  const product = look(benchmarkShadowByModule, world(narrowGain, light));
  expect(product).toMatchObject({ status: 'detected', names: ['vision'] });
  expect(product.plain).toContain('vision (puzzles)');
  expect(product.effect).toMatchObject({ value: expect.closeTo(0.01, 5), interval: expect.anything() });
});

test('is not detected where the encoder was rewritten too, or the gain is broad', () => {
  expect(look(benchmarkShadowByModule, world(narrowGain, rewritten)).status).toBe('not-detected');
  expect(look(benchmarkShadowByModule, world(broadGain, light)).status).toBe('not-detected');
});

test('is inconclusive where the encoder moved in part', () => {
  expect(look(benchmarkShadowByModule, world(narrowGain, { m: 0.3, r: 0.95, G: 0.6 })).status).toBe('inconclusive');
});

test('is not applicable where no family names a group, or none that does rose', () => {
  expect(look(benchmarkShadowByModule, plant()).effect).toMatchObject({ code: 'no-module-groups' });
  const dossier = world(narrowGain, light);
  for (const family of dossier.families) if (family.id === 'puzzles') delete family.modules;
  expect(look(benchmarkShadowByModule, dossier).effect).toMatchObject({ code: 'no-leaning-gain' });
});

test.each(['scores', 'weights'] as const)('is not applicable without the %s', (branch) => {
  expect(look(benchmarkShadowByModule, without(branch, world(narrowGain, light))).status).toBe('not-applicable');
});
