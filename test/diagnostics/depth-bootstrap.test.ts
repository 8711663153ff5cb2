import { describe, expect, test } from 'vitest';
import { defaultConstants } from '../../src/base/constants.ts';
import { randomStream } from '../../src/base/random.ts';
import { depthBootstrap, percentileInterval } from '../../src/diagnostics/depth-bootstrap.ts';
import { measureRestructuring } from '../../src/dossier/restructuring.ts';
import { light, pairDiagnosis } from '../dossier/parts.ts';

const layers = Array.from({ length: 27 }, (_, depth) => depth);
const rows = layers.flatMap((depth) => ['q', 'up'].map((role) => ({ depth, role })));

describe('a draw', () => {
  const draws = depthBootstrap(rows, layers, 50, randomStream(1), (sample) => [...sample]);

  test('has as many layers as the model, each with all of its matrices', () => {
    for (const sample of draws) {
      expect(sample).toHaveLength(rows.length);
      for (let at = 0; at < sample.length; at += 2) expect(sample[at]?.depth).toBe(sample[at + 1]?.depth);
    }
  });

  test('consists of blocks of three neighbouring layers for 27 layers', () => {
    for (const sample of draws) {
      const depths = sample.filter((row) => row.role === 'q').map((row) => row.depth);
      for (let at = 0; at + 2 < depths.length; at += 3)
        expect([depths[at + 1], depths[at + 2]]).toEqual([(depths[at] ?? 0) + 1, (depths[at] ?? 0) + 2]);
    }
  });
});

test('the interval holds the middle 95 % of the draws', () => {
  const { low, high } = percentileInterval(Array.from({ length: 1001 }, (_, index) => (index * 5) % 1001));
  expect([low, high]).toEqual([expect.closeTo(25, 0), expect.closeTo(975, 0)]);
});

test('the order in which a checkpoint lists its matrices changes no interval', () => {
  // Names sort as layers.0, layers.1, layers.10, layers.11, layers.2, …
  const constants = { ...defaultConstants, bootstrap: 200 };
  const changing = pairDiagnosis(light).matrices.map((matrix) => ({
    ...matrix,
    diagnostics: { ...matrix.diagnostics, depth_score: { status: 'ok' as const, value: (matrix.depth ?? 0) / 100 } },
  }));
  const sorted = changing.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const bounds = (matrices: typeof changing): unknown => {
    const { D, groups } = measureRestructuring(matrices, constants, 1);
    return [D, ...groups.map((group) => group.D)].map((D) =>
      D.status === 'ok' ? [D.interval?.low.toFixed(9), D.interval?.high.toFixed(9)] : D,
    );
  };
  expect(bounds(sorted)).toEqual(bounds(changing));
});
