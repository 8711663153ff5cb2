import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { openCheckpoint } from '../../src/checkpoint/open.ts';
import { diagnoseCheckpoint } from '../../src/diagnostics/diagnose.ts';
import type { MatrixDiagnosis } from '../../src/diagnostics/diagnosis.ts';
import { loadNative, nativeEngine } from '../../src/spectrum/native.ts';
import { portableEngine } from '../../src/spectrum/portable.ts';

type Row = Readonly<Record<string, number | string>>;
const root = new URL('../../', import.meta.url);
const reference = JSON.parse(await readFile(new URL('test/reference/weightwatcher.json', root), 'utf8')) as {
  sha256: Record<string, string>;
  matrices: Record<string, Record<string, Row>>;
};

/** Allowed relative difference. What the engines reach is far smaller: see the closing test of each engine. */
const tolerance = 1e-6;
const columns = ['alpha', 'D', 'sigma', 'xmin', 'num_pl_spikes', 'stable_rank', 'log_norm', 'alpha_weighted'] as const;

/** Where we differ on purpose; each is asserted on its own below. */
const different = new Set(['identity.weight', 'fewer-than-8.weight', 'zero.weight', 'all-below-threshold.weight']);

const binding = loadNative();
const engines = [portableEngine(2), ...(binding ? [nativeEngine(binding, 2)] : [])];
afterAll(() => Promise.all(engines.map((engine) => engine.close())));

test.each(Object.keys(reference.matrices))('the reference was made from %s as it is', async (source) => {
  const path = fileURLToPath(new URL(source.endsWith('.safetensors') ? source : `${source}/model.safetensors`, root));
  const sha256 = createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
  expect(reference.sha256[source], 'run make_weightwatcher_reference.py again').toBe(sha256);
});

describe.each(engines)('the $id engine against WeightWatcher 0.7.7', (engine) => {
  const largest = new Map<string, number>();

  test.each(Object.keys(reference.matrices))('agrees on every matrix of %s', async (source) => {
    const { matrices } = await diagnoseCheckpoint(await openCheckpoint(fileURLToPath(new URL(source, root))), engine);
    const rows = reference.matrices[source] ?? {};
    expect(matrices.map(({ name }) => name).sort()).toEqual(Object.keys(rows).sort());
    for (const matrix of matrices) {
      if (different.has(matrix.name)) continue;
      for (const column of columns) {
        const theirs = Number(rows[matrix.name]?.[column]);
        const ours = numberOf(matrix.diagnostics[column]) ?? Number.NaN;
        const difference = Math.abs(ours - theirs) / Math.max(Math.abs(theirs), 1e-12);
        expect(difference, `${matrix.name} ${column}: ours ${ours}, theirs ${theirs}`).toBeLessThan(tolerance);
        largest.set(column, Math.max(largest.get(column) ?? 0, difference));
      }
    }
  });

  test('differs where WeightWatcher reports a failed or infinite fit as a number', async () => {
    const path = fileURLToPath(new URL('test/reference/matrices.safetensors', root));
    const { matrices } = await diagnoseCheckpoint(await openCheckpoint(path), engine);
    const byName = new Map(matrices.map((matrix) => [matrix.name, matrix]));
    const theirs = reference.matrices['test/reference/matrices.safetensors'] ?? {};
    const of = (name: string): MatrixDiagnosis['diagnostics'] => byName.get(name)?.diagnostics ?? {};

    expect(theirs['identity.weight']).toMatchObject({ status: 'success', alpha: 'inf', D: 0.5 });
    expect(of('identity.weight').alpha).toMatchObject({ status: 'failed', code: 'alpha-infinite' });

    expect(theirs['zero.weight']).toMatchObject({ status: 'failed', alpha: -1, stable_rank: 'nan' });
    expect(of('zero.weight').alpha).toMatchObject({ status: 'failed', code: 'fit-failed' });
    expect(of('zero.weight').stable_rank).toMatchObject({ status: 'skipped', code: 'zero-matrix' });

    expect(theirs['all-below-threshold.weight']).toMatchObject({ status: 'failed', alpha: -1 });
    expect(of('all-below-threshold.weight').alpha).toMatchObject({ status: 'failed', code: 'fit-failed' });

    // Below 8 eigenvalues alpha, D and xmin agree; sigma there is computed before alpha is known: −1/√6.
    const few = theirs['fewer-than-8.weight'] ?? {};
    expect(few.sigma).toBeCloseTo(-1 / Math.sqrt(6), 12);
    for (const column of ['alpha', 'D', 'xmin', 'num_pl_spikes'] as const)
      expect(numberOf(of('fewer-than-8.weight')[column])).toBeCloseTo(Number(few[column]), 9);
    expect(numberOf(of('fewer-than-8.weight').sigma)).toBeCloseTo((Number(few.alpha) - 1) / Math.sqrt(6), 9);
  });

  test('the largest difference of any column stays within 1e-10', () => {
    for (const [column, value] of largest) expect(value, column).toBeLessThan(1e-10);
  });
});
