import { describe, expect, test } from 'vitest';
import { headProductCorrelation, matchGroups } from '../../../src/diagnostics/symmetry/head-products.ts';
import { gaussian } from '../inputs.ts';
import { times } from './models.ts';

const layout = { heads: 4, kvHeads: 2, size: 3 };
const d = 10;
const factors = (seed: number) => ({
  out: { rows: 12, cols: d, entries: gaussian(12, d, seed) },
  in: { rows: 6, cols: d, entries: gaussian(6, d, seed + 1) },
});

/** Entries off the diagonal of every W_o,h W_v,h, formed as d × d matrices. */
function formed({ out, in: values }: ReturnType<typeof factors>): number[] {
  return [0, 1, 2, 3].flatMap((head) => {
    const left = new Float64Array(d * 3);
    for (let row = 0; row < 3; row++)
      for (let k = 0; k < d; k++) left[k * 3 + row] = out.entries[(head * 3 + row) * d + k] as number;
    const group = Math.floor(head / 2);
    const product = times(left, values.entries.slice(group * 3 * d, (group + 1) * 3 * d), d, 3, d);
    return [...product].filter((_, index) => Math.floor(index / d) !== index % d);
  });
}

describe('without forming products', () => {
  test('gives the cosine of the products formed in full, off their diagonals', () => {
    const [subject, other] = [factors(1), factors(5)];
    // Half of the one in the other, so that heads match in place.
    const reference = {
      out: {
        ...other.out,
        entries: other.out.entries.map((value, index) => value + 2 * (subject.out.entries[index] as number)),
      },
      in: {
        ...other.in,
        entries: other.in.entries.map((value, index) => value + 2 * (subject.in.entries[index] as number)),
      },
    };
    const { correlation, match } = headProductCorrelation(subject, reference, layout);
    expect(match).toEqual([0, 1, 2, 3]);
    const [a, b] = [formed(subject), formed(reference)];
    const dot = (x: readonly number[], y: readonly number[]): number =>
      x.reduce((sum, value, index) => sum + value * (y[index] as number), 0);
    expect(correlation).toBeCloseTo(dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)), 12);
  });

  test('zero weights correlate with nothing', () => {
    const zero = {
      out: { rows: 12, cols: d, entries: new Float64Array(120) },
      in: { rows: 6, cols: d, entries: new Float64Array(60) },
    };
    expect(headProductCorrelation(zero, factors(1), layout).correlation).toBe(0);
  });
});

test('groups move together: the best pairing that splits a group is not taken', () => {
  // Alone, head 0 would go to 2 and head 1 to 1; but both belong to one group.
  const similarity = [
    [0.1, 0.2, 0.9, 0.3],
    [0.3, 0.8, 0.2, 0.4],
    [0.5, 0.1, 0.1, 0.1],
    [0.1, 0.5, 0.1, 0.1],
  ];
  expect(matchGroups(layout, (head, to) => similarity[head]?.[to] ?? 0)).toEqual([2, 3, 0, 1]);
});
