import { describe, expect, test } from 'vitest';
import { defaultConstants } from '../../src/base/constants.ts';
import { numberOf, ok } from '../../src/base/measured.ts';
import { randomStream } from '../../src/base/random.ts';
import type { MatrixDiagnosis } from '../../src/diagnostics/diagnosis.ts';
import { modificationRegime } from '../../src/diagnostics/modification-regime.ts';
import { attest } from '../../src/dossier/attest.ts';
import { measureRestructuring } from '../../src/dossier/restructuring.ts';
import type { RawRun } from '../../src/harness/raw-run.ts';

const roles = ['q', 'k', 'v', 'o', 'gate', 'up', 'down'] as const;

/** A decoder whose matrices moved by m with correlation r, per layer; G as given, absent where no null was drawn. */
function decoder(layers: number, at: (layer: number) => { m: number; r: number; G?: number }): MatrixDiagnosis[] {
  const random = randomStream(layers);
  return Array.from({ length: layers }, (_, depth) => depth).flatMap((depth) =>
    roles.map((role) => {
      const { m, r, G } = at(depth);
      const wobble = 1 + 0.05 * random.normal();
      return {
        name: `${depth}.${role}`,
        role,
        depth,
        group: 'decoder',
        rows: 8,
        cols: 8,
        dtype: 'F32',
        pooled: true,
        labels: { modification_regime: modificationRegime(m * wobble, r) },
        diagnostics: {
          relative_change: ok(m * wobble),
          weight_correlation: ok(r),
          depth_score: ok(1 - Math.max(0, r)),
          ...(G === undefined ? {} : { geometry_score: ok(G) }),
        },
      };
    }),
  );
}
const measure = (matrices: MatrixDiagnosis[]): ReturnType<typeof measureRestructuring> =>
  measureRestructuring(matrices, defaultConstants, 1);

describe('the restructuring axis', () => {
  test('a light change with quiet geometry is limited and inert', () => {
    expect(measure(decoder(24, () => ({ m: 0.15, r: 0.99, G: 0.02 })))).toMatchObject({
      label: 'limited',
      geometry: 'inert',
      layers: 24,
    });
  });

  test('the same change with geometry that moved is partial', () => {
    expect(measure(decoder(24, () => ({ m: 0.15, r: 0.99, G: 0.6 })))).toMatchObject({
      label: 'partial',
      geometry: 'active',
    });
  });

  test('the figure of the paper: 19 of 36 layers rewritten is deep, D̄ about 0.54', () => {
    const result = measure(
      decoder(36, (layer) => (layer >= 2 && layer <= 20 ? { m: 1.45, r: 0, G: 1 } : { m: 0.2, r: 0.97, G: 0 })),
    );
    expect(result.label).toBe('deep');
    expect(numberOf(result.D)).toBeCloseTo((19 + 17 * 0.03) / 36, 2);
    expect(numberOf(result.shareDeep)).toBeCloseTo(19 / 36, 10);
  });

  test('below eight layers there is no interval, and a reason says so', () => {
    const result = measure(decoder(4, () => ({ m: 0.15, r: 0.99, G: 0.02 })));
    expect(result.D).toMatchObject({ status: 'ok', note: expect.stringContaining('No interval') });
    expect(result.reasons.map((reason) => reason.code)).toContain('few-layers');
  });

  test('without the null, geometry is not settled and nothing is called limited', () => {
    expect(measure(decoder(24, () => ({ m: 0.15, r: 0.99 })))).toMatchObject({
      label: 'partial',
      geometry: 'unclear',
      G: { status: 'skipped' },
    });
  });

  test('a vision tower is not averaged into the decoder', () => {
    const tower = decoder(12, () => ({ m: 1.4, r: 0, G: 1 })).map((matrix) => ({
      ...matrix,
      group: 'vision' as const,
    }));
    expect(measure([...decoder(24, () => ({ m: 0.1, r: 0.995, G: 0 })), ...tower]).label).toBe('limited');
  });

  test('nothing to compare is not assessable, with the reason in every number', () => {
    expect(measure([])).toMatchObject({ label: 'not-assessable', D: { status: 'skipped', code: 'no-pooled-pairs' } });
  });
});

describe('the same-checkpoint guarantee', () => {
  const run = (fingerprint: string | null): RawRun => ({
    schemaVersion: '1.0',
    harness: 'lm-eval',
    harnessVersion: null,
    suite: 'core',
    fingerprint,
    settings: {},
    date: null,
    files: [],
    tasks: [],
  });

  test('scores of other weights are refused with both fingerprints', () => {
    expect(() => attest('sft', 'aaaa', [run('bbbb')], ['core'])).toThrowError(
      expect.objectContaining({ code: 'fingerprint-mismatch', message: expect.stringMatching(/bbbb.*aaaa/) }),
    );
  });

  test('scores that vouch for nothing are joined only where the config says so', () => {
    for (const allowed of [[], ['another']])
      expect(() => attest('sft', 'aaaa', [run(null)], allowed)).toThrowError(
        expect.objectContaining({ code: 'scores-unattested' }),
      );
    expect([
      attest('sft', 'aaaa', [run(null)], ['core']),
      attest('sft', 'aaaa', [run('aaaa')], []),
      attest('sft', 'aaaa', [], []),
    ]).toEqual(['unattested', 'attested', 'none']);
  });
});
