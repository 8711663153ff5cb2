import { describe, expect, test } from 'vitest';
import { cells } from '../../bench/calibration/cells.ts';
import { lowerBound, upperBound } from '../../bench/calibration/clopper-pearson.ts';
import { type Matrix, multiply } from '../../bench/calibration/dense.ts';
import { transferUpperBound } from '../../bench/calibration/families-as-replicates.ts';
import { levelFor, logitFor } from '../../bench/calibration/item-curve.ts';
import { decoder, plan, type ScoreCell, scoreCells } from '../../bench/calibration/plan.ts';
import { judge, rulesOf } from '../../bench/calibration/product-path.ts';
import { runWorlds } from '../../bench/calibration/run-worlds.ts';
import { scoreWorld } from '../../bench/calibration/score-world.ts';
import { gaussian, relativeChange, roles, weightWorld } from '../../bench/calibration/weight-world.ts';
import { worldStream } from '../../bench/calibration/world-stream.ts';
import { defaultConstants } from '../../src/base/constants.ts';
import type { RawRun } from '../../src/harness/raw-run.ts';

const cellNamed = (id: string): ScoreCell => scoreCells.find((cell) => cell.id === id) as ScoreCell;
const standard = cellNamed('power/10/2+3x4x500/declared-even');
const shares = (run: RawRun): number[] => run.tasks.map(({ metrics }) => metrics[0]?.value ?? Number.NaN);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const answersOf = (run: RawRun, task = 0): number[] =>
  run.tasks[task]?.samples.map(({ metrics }) => metrics.acc ?? 0) ?? [];

function correlation(one: readonly number[], two: readonly number[]): number {
  const [a, b] = [mean(one), mean(two)];
  const product = mean(one.map((value, at) => (value - a) * ((two[at] ?? 0) - b)));
  return product / Math.sqrt(mean(one.map((value) => (value - a) ** 2)) * mean(two.map((value) => (value - b) ** 2)));
}

describe('the plan', () => {
  test('holds the thresholds that the product has', () => {
    // Thresholds of findings that came later decide no verdict.
    expect(defaultConstants).toMatchObject(plan.constants);
  });

  test('names every cell once', () => {
    expect(new Set(cells.map(({ id }) => id)).size).toBe(cells.length);
  });
});

describe('score worlds', () => {
  test('gain what was asked for, in κ-points and on log-odds', () => {
    const cell = { ...standard, items: 20_000, scatter: 0 };
    for (let world = 0; world < 3; world++) {
      const { base, subject, families, tasks } = scoreWorld(cell, world);
      expect(families).toEqual([10, 10, 0, 0, 0]);
      const gained = shares(subject).map((after, at) => 100 * (after - (shares(base)[at] ?? 0)));
      expect(Math.abs(mean(gained.slice(0, 8)) - 10)).toBeLessThan(0.6);
      expect(Math.abs(mean(gained.slice(8)))).toBeLessThan(0.6);
      for (const [task, gain] of tasks.flat().entries()) {
        const before = shares(base)[task] as number;
        const odds = (share: number): number => Math.log(share / (1 - share));
        expect(
          Math.abs(odds(shares(subject)[task] as number) - odds(before) - (odds(before + gain / 100) - odds(before))),
        ).toBeLessThan(0.12);
      }
    }
  });

  test('hold exactly what was planted on each side where unevenness is centred', () => {
    const cell = cellNamed('power/10/2+3x4x500/declared-centred');
    const { families } = scoreWorld({ ...cell, items: 20 }, 5);
    expect(mean(families.slice(0, 2))).toBeCloseTo(10, 10);
    expect(mean(families.slice(2))).toBeCloseTo(0, 10);
    expect(new Set(families).size).toBe(5);
  });

  test('gain as much in κ-points where guessing scores a quarter', () => {
    const { base, subject } = scoreWorld({ ...standard, items: 20_000, scatter: 0, chance: 0.25 }, 1);
    const gained = shares(subject).map((after, at) => (100 * (after - (shares(base)[at] ?? 0))) / 0.75);
    expect(Math.abs(mean(gained.slice(0, 8)) - 10)).toBeLessThan(0.8);
    expect(Math.min(...shares(base))).toBeGreaterThan(0.25);
  });

  test('scatter between families and tasks by what was asked', () => {
    const worlds = Array.from({ length: 400 }, (_, world) =>
      scoreWorld({ ...cellNamed('null/no-change/2+3x4x500/declared'), items: 5 }, world),
    );
    const spread = (values: readonly number[]): number => Math.sqrt(mean(values.map((value) => value ** 2)));
    expect(Math.abs(mean(worlds.flatMap(({ families }) => families)))).toBeLessThan(0.3);
    expect(Math.abs(spread(worlds.flatMap(({ families }) => families)) - 4)).toBeLessThan(0.25);
    const within = worlds.flatMap(({ families, tasks }) =>
      tasks.flatMap((own, family) => own.map((gain) => gain - (families[family] ?? 0))),
    );
    expect(Math.abs(spread(within) - 3)).toBeLessThan(0.1);
  });

  test('have answers of both models that agree through the items: correlation of the 0/1 answers as the model implies', () => {
    const { base, subject } = scoreWorld(
      { ...standard, items: 40_000, scatter: 0, truth: { kind: 'gain', targeted: 0, coverage: 0 } },
      2,
    );
    const level = mean(answersOf(base));
    // Corr = Var over items of P(right) / (p (1 − p)), by quadrature.
    const at = logitFor(level);
    let [squares, weights] = [0, 0];
    for (let z = -5; z <= 5; z += 0.05) {
      squares += Math.exp((-z * z) / 2) * levelFor(at + plan.items.itemSd * z, 0) ** 2;
      weights += Math.exp((-z * z) / 2);
    }
    const implied = (squares / weights - level ** 2) / (level * (1 - level));
    expect(implied).toBeGreaterThan(0.15);
    expect(Math.abs(correlation(answersOf(base), answersOf(subject)) - implied)).toBeLessThan(0.02);
  });

  test('have passages whose items are alike', () => {
    const { base } = scoreWorld({ ...standard, items: 40_000, cluster: 5, icc: 0.9 }, 3);
    const answers = answersOf(base);
    const pairs = answers.flatMap((_, at) => (at % 5 === 0 ? [[answers[at] ?? 0, answers[at + 1] ?? 0] as const] : []));
    expect(
      correlation(
        pairs.map(([one]) => one),
        pairs.map(([, two]) => two),
      ),
    ).toBeGreaterThan(0.12);
    expect(base.tasks[0]?.samples[6]?.cluster).toBe('passage 1');
  });

  test('are equal for equal numbers and different for different ones', () => {
    expect(scoreWorld(standard, 7)).toEqual(scoreWorld(standard, 7));
    expect(shares(scoreWorld(standard, 7).base)).not.toEqual(shares(scoreWorld(standard, 8).base));
  });

  test('get the same verdict whether what is only shown is computed or not', () => {
    for (const id of ['power/10/2+3x4x500/declared', 'null/no-change/2+3x4x500/undeclared']) {
      const cell = cellNamed(id);
      for (let world = 0; world < 3; world++) {
        const drawn = scoreWorld(cell, world);
        const [short, long] = [false, true].map((display) =>
          judge(drawn, rulesOf(cell), undefined, { seed: world, display }),
        );
        expect(short?.verdict.verdict).toBe(long?.verdict.verdict);
        expect(short?.verdict.asymmetry).toEqual(long?.verdict.asymmetry);
      }
    }
  }, 60_000);

  test('are counted alike in one stretch and in two', async () => {
    const cell = cells.find(({ id }) => id === 'null/no-change/1+2x4x500/declared');
    if (!cell) throw new Error('no such cell');
    const engine = (): never => {
      throw new Error('score worlds need no engine');
    };
    const whole = await runWorlds(cell, 0, 4, engine);
    const [one, two] = [await runWorlds(cell, 0, 1, engine), await runWorlds(cell, 1, 4, engine)];
    for (const [key, count] of Object.entries(whole)) expect((one[key] ?? 0) + (two[key] ?? 0)).toBe(count);
    expect(whole.worlds).toBe(4);
  }, 60_000);
});

test('the inverse of the item curve', () => {
  for (const level of [0.02, 0.2, 0.5, 0.87, 0.98]) expect(levelFor(logitFor(level))).toBeCloseTo(level, 5);
});

describe('weight worlds', () => {
  const world = (change: Parameters<typeof weightWorld>[0]) => weightWorld(change, worldStream('test', 1));

  test('move every matrix by exactly m', () => {
    for (const kind of ['noise', 'low-rank', 'top-subspace', 'bulk'] as const) {
      const { base, subject } = world({ kind, m: 0.2 });
      for (const role of roles)
        expect(
          relativeChange(
            (subject[3] as (typeof subject)[0]).weights[role],
            (base[3] as (typeof base)[0]).weights[role],
          ),
        ).toBeCloseTo(0.2, 10);
    }
  });

  test('redraw all matrices of k layers and no other', () => {
    const { base, subject } = world({ kind: 'fresh', layers: 3 });
    expect(
      base.filter((layer, at) => relativeChange((subject[at] as typeof layer).weights.q, layer.weights.q) > 1),
    ).toHaveLength(3);
    expect(
      base.filter((layer, at) => relativeChange((subject[at] as typeof layer).weights.q, layer.weights.q) === 0),
    ).toHaveLength(9);
  });

  // One block: x, normalised and scaled by the gains, through attention without positions over three tokens, and the gated MLP.
  const { width, heads, kvHeads, headSize } = decoder;
  type Layer = ReturnType<typeof weightWorld>['base'][number];
  function forward({ weights, gains }: Layer): { attention: Float64Array; mlp: Float64Array } {
    const tokens = gaussian(3, width, worldStream('tokens', 0));
    const scaled = (by: readonly number[]): Matrix => ({
      rows: 3,
      cols: width,
      entries: tokens.entries.map((value, at) => value * (by[at % width] as number)),
    });
    const through = (
      input: { readonly rows: number; readonly cols: number; readonly entries: Float64Array },
      matrix: (typeof weights)['q'],
    ) => {
      const entries = new Float64Array(input.rows * matrix.rows);
      for (let i = 0; i < input.rows; i++)
        for (let r = 0; r < matrix.rows; r++)
          for (let c = 0; c < matrix.cols; c++)
            entries[i * matrix.rows + r] =
              (entries[i * matrix.rows + r] as number) +
              (input.entries[i * input.cols + c] as number) * (matrix.entries[r * matrix.cols + c] as number);
      return { rows: input.rows, cols: matrix.rows, entries };
    };
    const x = scaled(gains.attention);
    const [q, k, v] = [through(x, weights.q), through(x, weights.k), through(x, weights.v)];
    const mixed = new Float64Array(3 * heads * headSize);
    for (let head = 0; head < heads; head++) {
      const kv = Math.floor(head / (heads / kvHeads));
      for (let i = 0; i < 3; i++) {
        const scores = [0, 1, 2].map((j) => {
          let dot = 0;
          for (let d = 0; d < headSize; d++)
            dot +=
              (q.entries[i * q.cols + head * headSize + d] as number) *
              (k.entries[j * k.cols + kv * headSize + d] as number);
          return Math.exp(dot / Math.sqrt(headSize));
        });
        const total = scores.reduce((sum, score) => sum + score, 0);
        for (let d = 0; d < headSize; d++)
          mixed[i * heads * headSize + head * headSize + d] = scores.reduce(
            (sum, score, j) => sum + (score / total) * (v.entries[j * v.cols + kv * headSize + d] as number),
            0,
          );
      }
    }
    const y = scaled(gains.mlp);
    const [gate, up] = [through(y, weights.gate), through(y, weights.up)];
    const gated = {
      ...up,
      entries: up.entries.map(
        (value, at) => (value * (gate.entries[at] as number)) / (1 + Math.exp(-(gate.entries[at] as number))),
      ),
    };
    return {
      attention: through({ rows: 3, cols: heads * headSize, entries: mixed }, weights.o).entries,
      mlp: through(gated, weights.down).entries,
    };
  }

  test.each(['head-permutation', 'value-rotation', 'neuron-permutation', 'gain-folding'] as const)(
    '%s leaves the function as it was',
    (kind) => {
      const { base, subject } = world({ kind });
      const [before, after] = [forward(base[0] as Layer), forward(subject[0] as Layer)];
      for (const part of ['attention', 'mlp'] as const) {
        const size = Math.max(...before[part].map(Math.abs));
        expect(size).toBeGreaterThan(0);
        before[part].forEach((value, at) => {
          expect(Math.abs((after[part][at] as number) - value) / size).toBeLessThan(1e-9);
        });
      }
      const moved = roles.filter(
        (role) => relativeChange((subject[0] as Layer).weights[role], (base[0] as Layer).weights[role]) > 0.1,
      );
      expect(moved.length).toBeGreaterThan(1);
    },
  );

  test('have orthonormal singular vectors', () => {
    const left = (world({ kind: 'identical' }).base[0] as Layer).weights.q as unknown as {
      left: ReturnType<typeof gaussian>;
    };
    const { rows, cols, entries } = left.left;
    const gram = multiply(
      {
        rows: cols,
        cols: rows,
        entries: Float64Array.from(
          { length: rows * cols },
          (_, at) => entries[(at % rows) * cols + Math.floor(at / rows)] as number,
        ),
      },
      left.left,
    );
    gram.entries.forEach((value, at) => {
      expect(value).toBeCloseTo(Math.floor(at / cols) === at % cols ? 1 : 0, 10);
    });
  });
});

test('bounds of a rate agree with scipy.stats.beta.ppf', () => {
  // beta.ppf(0.95, k + 1, n − k) and beta.ppf(0.05, k, n − k + 1), scipy 1.
  expect(upperBound(0, 2000)).toBeCloseTo(1 - 0.05 ** (1 / 2000), 8);
  expect(upperBound(100, 2000)).toBeCloseTo(0.05877031423067244, 6);
  expect(lowerBound(100, 2000)).toBeCloseTo(0.042228405899559195, 6);
  expect(lowerBound(200, 200)).toBeCloseTo(0.05 ** (1 / 200), 8);
});

test('the proposed bound with families as replicates', () => {
  // T = 12, C = 2, squares 8 + 2, 3 df: 2 − 6 + 2.353363·√(10/3·(1/3 + 1/8))
  expect(transferUpperBound([10, 14], [1, 2, 3], 0.5)).toBeCloseTo(
    -4 + 2.3533634348018264 * Math.sqrt((10 / 3) * (1 / 3 + 1 / 8)),
    6,
  );
  expect(transferUpperBound([10], [1], 0.5)).toBeUndefined();
});
