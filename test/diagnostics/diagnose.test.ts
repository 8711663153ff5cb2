import { afterAll, describe, expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { problemsOf } from '../../src/base/validate.ts';
import { diagnoseCheckpoint, diagnosePair } from '../../src/diagnostics/diagnose.ts';
import { Diagnosis, PairDiagnosis } from '../../src/diagnostics/diagnosis.ts';
import type { SpectrumCache } from '../../src/diagnostics/spectrum-cache.ts';
import type { SpectrumEngine } from '../../src/spectrum/engine.ts';
import { portableEngine } from '../../src/spectrum/portable.ts';
import { tiny, written } from './checkpoints.ts';
import { gaussian } from './inputs.ts';

const engine = portableEngine(2);
afterAll(() => engine.close());

const [base, narrow, rebuilt] = await Promise.all([tiny('base'), tiny('narrow'), tiny('rebuilt')]);
const q = 'layers.0.self_attn.q_proj.weight';
const up = 'layers.0.mlp.up_proj.weight';

/** The real engine with every call counted. */
function counted(): { engine: SpectrumEngine; calls: string[] } {
  const calls: string[] = [];
  const counting: SpectrumEngine = {
    ...engine,
    spectrum(matrix, options) {
      calls.push(`spectrum ${matrix.name}`);
      return engine.spectrum(matrix, options);
    },
    pair(reference, subject, options) {
      calls.push(`pair ${subject.name}`);
      return engine.pair(reference, subject, options);
    },
    perturbed(reference, norm, seed, options) {
      calls.push(`null ${reference.name}`);
      return engine.perturbed(reference, norm, seed, options);
    },
  };
  return { engine: counting, calls };
}

function memory(): SpectrumCache & { readonly kept: Map<string, Float64Array> } {
  const kept = new Map<string, Float64Array>();
  return {
    kept,
    get: async (key) => kept.get(key),
    set: async (key, values) => void kept.set(key, values),
  };
}

describe('diagnoseCheckpoint', () => {
  test('gives every matrix of the example its diagnostics, keeps the schema and the order of the inventory', async () => {
    const diagnosis = await diagnoseCheckpoint(base, engine);
    expect(problemsOf(Diagnosis, diagnosis)).toEqual([]);
    expect(diagnosis.matrices.map(({ name }) => name)).toEqual(base.matrices.map(({ name }) => name));
    expect(diagnosis.model.alpha_share).toMatchObject({ status: 'ok', n: 56 });
    for (const { diagnostics, labels } of diagnosis.matrices) {
      expect(diagnostics.effective_rank?.status).toBe('ok');
      expect(labels.alpha_quality).toMatch(/good|poor/);
    }
  });

  test('a matrix with NaN carries its error and the others are diagnosed', async () => {
    const checkpoint = await written({
      [q]: [16, 16, gaussian(16, 16, 1).fill(Number.NaN, 7, 9)],
      [up]: [24, 16, gaussian(24, 16, 2)],
    });
    const { matrices, model } = await diagnoseCheckpoint(checkpoint, engine);
    const broken = matrices.find(({ name }) => name === q);
    expect(broken).toMatchObject({
      diagnostics: {},
      error: { code: 'weights-not-finite', message: expect.stringContaining(q) },
    });
    expect(numberOf(matrices.find(({ name }) => name === up)?.diagnostics.effective_rank)).toBeGreaterThan(10);
    expect(model.alpha_share).toMatchObject({
      n: 1,
      note: expect.stringContaining('1 of 2 pooled matrices have no fit'),
    });
  });

  test('a checkpoint without matrices has skipped summaries, with the reason', async () => {
    const { matrices, model } = await diagnoseCheckpoint(await written({}), engine);
    expect(matrices).toEqual([]);
    expect(model.alpha_share).toMatchObject({ status: 'skipped', code: 'no-fits' });
  });

  test('works through matrices largest first and reports each once, with the work done', async () => {
    const steps: { name: string; work: number }[] = [];
    let before = 0;
    await diagnoseCheckpoint(base, engine, {
      jobs: 1,
      onMatrix: (done, total, name, work) => {
        expect([done, total]).toEqual([steps.length + 1, base.matrices.length]);
        steps.push({ name, work: work.done - before });
        before = work.done;
        if (done === total) expect(work.done).toBe(work.total);
      },
    });
    expect(new Set(steps.map(({ name }) => name)).size).toBe(base.matrices.length);
    const works = steps.map(({ work }) => work);
    expect(works).toEqual([...works].sort((a, b) => b - a));
  });

  test('an abort ends it with the reason of the signal', async () => {
    const stop = new AbortController();
    const reason = new Error('stopped by the user');
    const running = diagnoseCheckpoint(base, engine, {
      signal: stop.signal,
      jobs: 2,
      onMatrix: (done) => done === 5 && stop.abort(reason),
    });
    await expect(running).rejects.toBe(reason);
  });

  test('with a cache a second run computes nothing and gives the same numbers', async () => {
    const cache = memory();
    const first = await diagnoseCheckpoint(base, engine, { cache });
    const { engine: watched, calls } = counted();
    expect(await diagnoseCheckpoint(base, watched, { cache })).toEqual(first);
    expect(calls).toEqual([]);
  });

  test('a run that was stopped goes on where it stopped', async () => {
    const cache = memory();
    const stop = new AbortController();
    const onMatrix = (done: number): void => void (done === 20 && stop.abort(new Error('stop')));
    await diagnoseCheckpoint(base, engine, { cache, jobs: 1, signal: stop.signal, onMatrix }).catch(() => {});
    const { engine: watched, calls } = counted();
    await diagnoseCheckpoint(base, watched, { cache });
    expect(calls).toHaveLength(base.matrices.length - 20);
  });

  test('a failing cache ends the run with its own error, not a matrix', async () => {
    const full = new Error('no space left');
    const cache: SpectrumCache = { get: async () => undefined, set: async () => Promise.reject(full) };
    await expect(diagnoseCheckpoint(base, engine, { cache })).rejects.toBe(full);
  });
});

describe('diagnosePair', () => {
  test('finds the narrow fine-tune light and the rebuilt training heavy, as they were made', async () => {
    const [light, heavy] = [
      await diagnosePair(narrow, base, engine, { seed: 1 }),
      await diagnosePair(rebuilt, base, engine, { seed: 1 }),
    ];
    expect(problemsOf(PairDiagnosis, light)).toEqual([]);
    expect(light).toMatchObject({ fingerprint: narrow.fingerprint, baseFingerprint: base.fingerprint, unpaired: [] });
    expect(numberOf(light.model.median_relative_change)).toBeLessThan(0.3);
    expect(numberOf(heavy.model.median_relative_change)).toBeGreaterThan(0.8);
    expect(numberOf(light.model.mean_weight_correlation)).toBeGreaterThan(
      numberOf(heavy.model.mean_weight_correlation) ?? 1,
    );
    for (const { diagnostics, labels } of light.matrices) {
      expect(diagnostics.geometry_score?.status).toBe('ok');
      expect(labels.modification_regime).toBeDefined();
    }
  });

  test('is the same for the same seed, whatever the number of jobs', async () => {
    const run = (seed: number, jobs: number) => diagnosePair(narrow, base, engine, { seed, jobs });
    const first = await run(3, 1);
    expect(await run(3, 8)).toEqual(first);
    expect((await run(4, 8)).matrices).not.toEqual(first.matrices);
  });

  test('a checkpoint against itself is identical everywhere and needs no null', async () => {
    const { engine: watched, calls } = counted();
    const { model, matrices } = await diagnosePair(base, base, watched);
    expect(model).toMatchObject({
      share_identical: { value: 100 },
      median_relative_change: { value: 0 },
      mean_geometry_score: { value: 0 },
    });
    expect(matrices.every(({ labels }) => labels.modification_regime === 'identical')).toBe(true);
    expect(calls.filter((call) => call.startsWith('null'))).toEqual([]);
  });

  test('moments, spectra and nulls are all kept, and a spectrum of the single run serves the pair', async () => {
    const cache = memory();
    await diagnoseCheckpoint(base, engine, { cache });
    await diagnoseCheckpoint(narrow, engine, { cache });
    const { engine: watched, calls } = counted();
    const first = await diagnosePair(narrow, base, watched, { cache });
    expect(calls.some((call) => call.startsWith('spectrum'))).toBe(false);
    expect(new Set([...cache.kept.keys()].map((key) => key.split(':')[0]))).toEqual(
      new Set(['spectrum', 'pair', 'null']),
    );
    calls.length = 0;
    expect(await diagnosePair(narrow, base, watched, { cache })).toEqual(first);
    expect(calls).toEqual([]);
  });

  test('without draws the geometry score is skipped and everything else is there', async () => {
    const { matrices } = await diagnosePair(rebuilt, base, engine, { nullDraws: 0 });
    const [one] = matrices.filter(({ pooled }) => pooled);
    expect(one?.diagnostics.geometry_score).toMatchObject({ status: 'skipped', code: 'no-null' });
    expect(one?.diagnostics.relative_change?.status).toBe('ok');
  });

  test('NaN on either side is an error of that matrix alone', async () => {
    const good = { [q]: [16, 16, gaussian(16, 16, 1)], [up]: [24, 16, gaussian(24, 16, 2)] } as const;
    const bad = { ...good, [q]: [16, 16, gaussian(16, 16, 1).fill(Number.POSITIVE_INFINITY, 0, 1)] } as const;
    for (const [subject, reference] of [
      [good, bad],
      [bad, good],
    ] as const) {
      const { matrices } = await diagnosePair(await written(subject), await written(reference), engine);
      expect(matrices.map(({ name, error }) => [name, error?.code])).toEqual([
        [up, undefined],
        [q, 'weights-not-finite'],
      ]);
    }
  });
});

describe('extended pairs', () => {
  test('what costs more is computed on request only', async () => {
    const plain = await diagnosePair(narrow, base, engine, { nullDraws: 0 });
    const ids = [
      'median_entry_change',
      'spectral_relative_change',
      'effective_rank_of_delta',
      'subspace_overlap_16',
      'subspace_overlap_90',
    ];
    for (const id of ids)
      for (const { diagnostics } of plain.matrices) expect(diagnostics[id]).toMatchObject({ code: 'not-requested' });
    const extended = await diagnosePair(narrow, base, engine, { nullDraws: 0, extended: true });
    expect(problemsOf(PairDiagnosis, extended)).toEqual([]);
    for (const { diagnostics } of extended.matrices) for (const id of ids) expect(diagnostics[id]?.status).toBe('ok');
  });

  test('a rank-1 update reads as one, and leaves the directions where they were', async () => {
    const reference = gaussian(32, 48, 1);
    const [u, v] = [gaussian(32, 1, 2), gaussian(48, 1, 3)];
    const subject = reference.map(
      (value, index) => value + 0.01 * (u[Math.floor(index / 48)] as number) * (v[index % 48] as number),
    );
    const pair = await diagnosePair(
      await written({ [up]: [32, 48, subject] }),
      await written({ [up]: [32, 48, reference] }),
      engine,
      { extended: true, nullDraws: 0 },
    );
    const { effective_rank_of_delta: spread, subspace_overlap_16: overlap } = pair.matrices[0]?.diagnostics ?? {};
    // Stored as float32: rounding adds some 10⁻⁷ in every direction.
    expect(numberOf(spread)).toBeCloseTo(1, 2);
    expect(numberOf(overlap)).toBeGreaterThan(0.95);
  });
});
