import pc from 'picocolors';
import { describe, expect, test } from 'vitest';
import { ok } from '../../src/base/measured.ts';
import type { PairRow } from '../../src/cli/pair-kinds.ts';
import { pairView } from '../../src/cli/pair-view.ts';
import { measureModel } from '../../src/diagnostics/measure.ts';
import { skiagram } from './skiagram.ts';

const tiny = 'examples/tiny/checkpoints';
const colors = pc.createColors(false);

interface Change {
  readonly m: number;
  readonly regime: string;
  readonly labels?: Record<string, string>;
  readonly z?: number;
}

/** A pair of 36 layers of q, v and down with these changes. */
function pair(change: (role: string, depth: number) => Change, extra: Partial<PairRow>[] = []) {
  const rows = (['q', 'v', 'down'] as const).flatMap((role) =>
    Array.from({ length: 36 }, (_, depth): PairRow => {
      const { m, regime, labels = {}, z = 0 } = change(role, depth);
      return {
        name: `model.layers.${depth}.${role}.weight`,
        role,
        depth,
        group: 'decoder',
        shape: [64, 64],
        dtype: 'BF16',
        pooled: true,
        labels: { modification_regime: regime, ...labels },
        diagnostics: {
          relative_change: ok(m),
          weight_correlation: ok(regime === 'deep' ? 0.01 : 0.98),
          delta_alpha: ok(z / 2),
          delta_alpha_z: ok(z),
          delta_log_effective_rank: ok(-0.01),
          noise_log_effective_rank: ok(-0.011),
          geometry_score: ok(0),
          change_variance: ok(m ** 2),
        },
      };
    }),
  );
  const matrices = [...rows, ...extra.map((own) => ({ ...(rows[0] as PairRow), ...own }))];
  const model = measureModel(
    'pair-model',
    matrices.map(({ shape, ...row }) => ({ ...row, rows: shape[0] ?? 0, cols: shape[1] ?? 0 })) as never,
  );
  return { base: { path: 'base', fingerprint: '' }, matrices, model };
}

/** The published pattern: v of layers 2–20 rewritten, the rest moved by a fifth. */
const published = pair((role, depth) =>
  role === 'v' && depth >= 2 && depth <= 20 ? { m: 1.45, regime: 'deep', z: -4 } : { m: 0.2, regime: 'conservative' },
);

describe('a pair whose value projections were rewritten in layers 2–20', () => {
  test('at 120 columns a line a kind says where, how far, in which regime and how sure', () => {
    const text = pairView(published, { width: 120, colors });
    const v = text.split('\n').find((line) => line.startsWith('v '));
    expect(v).toContain('1.45 [');
    expect(v).toContain('conservative 0–1, 21–35; deep 2–20');
    expect(v).toContain('−2.00 (19)');
    // Three layers to a block, which shows the largest of them: layers 0–2 to 18–20 are seven full blocks.
    expect(v).toContain(' ███████▂▂▂▂▂ ');
    expect(pairView(published, { width: 200, colors })).toContain(` ▂▂${'█'.repeat(19)}${'▂'.repeat(15)} `);
    const q = text.split('\n').find((line) => line.startsWith('q '));
    expect(q).toContain('0.20 [0.20, 0.20]');
    expect(q).toContain('conservative 0–35');
    expect(q).toContain('0.00 (0)');
  });

  test('and the sentences sum it up', () => {
    const text = pairView(published, { width: 1000, colors });
    expect(text).toContain(
      '108 weight matrices compared, 108 moved by 5 % or more: 89 conservative, 19 deep; most in v 2–6.',
    );
    expect(text).toContain('α changed by 0.00 [');
    expect(text).toContain('beyond its error in 19 of 108 (q 0.05), 19 to heavier tails: v 2–20.');
    expect(text).toContain(
      '19 rewritten, or unrelated from the start (v 2–20): no other coordinates match them. Confirm that the base is the real ancestor.',
    );
    expect(text).toContain(
      'Geometry: in all 108 that moved, effective rank stayed where noise of the same size would leave it.',
    );
  });

  test.each([60, 80, 100, 120, 200])('no line is longer than %s columns', (width) => {
    for (const line of pairView(published, { width, colors }).split('\n'))
      expect(line.length).toBeLessThanOrEqual(width);
  });
});

test('matrices that are the base in other coordinates are told from rewritten ones', () => {
  const text = pairView(
    pair((role, depth) =>
      role === 'v' && depth < 3
        ? { m: 1.41, regime: 'moderate', labels: { coordinates: 'recoordinatised' } }
        : { m: 0.01, regime: 'minimal' },
    ),
    { width: 1000, colors },
  );
  expect(text).toContain('recoordinatised 0–2; minimal 3–35');
  expect(text).toContain('Only in other coordinates, not rewritten: v 0–2 (aligned correlation at least 0.9).');
});

test('what could not be compared is listed with its reason, control characters taken out', () => {
  const broken = pair(
    () => ({ m: 0.001, regime: 'identical' }),
    [
      {
        name: 'model.layers.0.o\u001b[31m.weight',
        role: 'o',
        depth: 0,
        diagnostics: {},
        labels: {},
        error: { code: 'weights-not-finite', message: '' },
      },
    ],
  );
  const unpaired = [
    { name: 'a', reason: 'Only in the base, not in the checkpoint.' },
    { name: 'b', reason: 'Only in the base, not in the checkpoint.' },
  ];
  const text = pairView({ ...broken, unpaired }, { width: 1000, colors });
  expect(text).toContain(
    'Not compared: 2 only in the base, not in the checkpoint (a, …); 1 unreadable (model.layers.0.o␛[31m.weight).',
  );
  expect(text).toContain('nothing beyond rounding to bfloat16');
  expect(text).not.toContain('\u001b');
});

test('towers are kept apart by name', () => {
  const text = pairView(
    pair(() => ({ m: 0.1, regime: 'conservative' }), [{ name: 'vision', group: 'vision', role: 'q', depth: 0 }]),
    { width: 100, colors },
  );
  expect(text).toContain('decoder/q');
  expect(text).toContain('vision/q');
});

describe('the command on the example', () => {
  test('prints the pair view by default, as wide as COLUMNS says, and the tables when asked', async () => {
    const call = ['diagnose', `${tiny}/narrow`, '--base', `${tiny}/base`, '--no-color', '--engine', 'portable'];
    const { stdout } = await skiagram(call, { env: { COLUMNS: '80' } });
    const lines = stdout.split('\n').slice(2);
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(lines.filter((line) => /^(q|k|v|o|gate|up|down) +8 /.test(line))).toHaveLength(7);
    expect(stdout).toContain('56 weight matrices compared');
    const table = await skiagram([...call, '--summary']);
    expect(table.stdout).toContain('decoder/q');
    expect(table.stdout).toContain('median relative change');
  });

  test('--extended adds the overlap of leading directions', async () => {
    const call = ['diagnose', `${tiny}/narrow`, '--base', `${tiny}/base`, '--extended', '--engine', 'portable'];
    expect((await skiagram(call)).stdout).toMatch(/The 16 leading directions overlap/);
  });
});
