import { expect, test } from 'vitest';
import { diagnoseCheckpoint, diagnosePair } from '../../src/diagnostics/diagnose.ts';
import { diagnostics } from '../../src/diagnostics/registry.ts';
import type { SpectrumEngine } from '../../src/spectrum/engine.ts';
import { portableEngine } from '../../src/spectrum/portable.ts';
import { tiny } from './checkpoints.ts';

/** Sums as the portable engine has them; any other question fails. */
function sumsOnly(): SpectrumEngine {
  const portable = portableEngine(2);
  const refused = (): never => {
    throw new Error('A spectrum was asked for.');
  };
  return {
    ...portable,
    spectrum: refused,
    perturbed: refused,
    difference: refused,
    overlap: refused,
    medianChange: refused,
  };
}

test('without spectra only sums are asked for, and they give what they give with spectra', async () => {
  const [subject, reference] = [await tiny('narrow'), await tiny('base')];
  const [engine, whole] = [sumsOnly(), portableEngine(2)];
  const short = await diagnosePair(subject, reference, engine, { spectra: false });
  const full = await diagnosePair(subject, reference, whole, { nullDraws: 0 });
  const alone = await diagnoseCheckpoint(subject, engine, { spectra: false });
  await Promise.all([engine.close(), whole.close()]);
  for (const [index, matrix] of short.matrices.entries()) {
    expect(matrix.error).toBeUndefined();
    expect(matrix.labels).toEqual(full.matrices[index]?.labels);
    for (const [id, unit] of Object.entries(diagnostics)) {
      if (unit.scope !== 'pair') continue;
      if (unit.needs === 'moments') expect(matrix.diagnostics[id], id).toEqual(full.matrices[index]?.diagnostics[id]);
      else expect(matrix.diagnostics[id], id).toMatchObject({ status: 'skipped', code: 'not-requested' });
    }
  }
  for (const id of ['median_relative_change', 'mean_weight_correlation', 'share_minimal'])
    expect(short.model[id]).toEqual(full.model[id]);
  expect(short.model.mean_geometry_score).toMatchObject({ code: 'not-requested' });
  expect(alone.matrices.map(({ name }) => name)).toEqual(subject.matrices.map(({ name }) => name));
  for (const measured of [
    ...Object.values(alone.model),
    ...alone.matrices.flatMap((m) => Object.values(m.diagnostics)),
  ])
    expect(measured).toMatchObject({ status: 'skipped', code: 'not-requested' });
});
