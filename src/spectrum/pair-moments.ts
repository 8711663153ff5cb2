import type { PairMoments } from './engine.ts';

/** Entries added up before a partial sum joins the total; keeps rounding error near that of pairwise summation. */
const chunk = 1024;

/** The order in which engines and caches hand the sums on as plain numbers. */
export const momentNames = [
  'n',
  'sumReference',
  'sumSubject',
  'squaresReference',
  'squaresSubject',
  'product',
  'sumDelta',
  'squaresDelta',
  'absoluteDelta',
] as const satisfies readonly (keyof PairMoments)[];

/** Nine numbers in the order of `momentNames` as moments. */
export function momentsOf(values: ArrayLike<number>): PairMoments {
  return Object.fromEntries(momentNames.map((name, index) => [name, values[index]])) as unknown as PairMoments;
}

/** One pass over two matrices of equal length; see PairMoments for the sums. */
export function pairMoments(reference: Float64Array, subject: Float64Array): PairMoments {
  const totals = new Float64Array(8);
  for (let start = 0; start < reference.length; start += chunk) {
    const partial = sums(reference, subject, start, Math.min(reference.length, start + chunk));
    for (let index = 0; index < totals.length; index++)
      totals[index] = (totals[index] as number) + (partial[index] as number);
  }
  return momentsOf([reference.length, ...totals]);
}

function sums(reference: Float64Array, subject: Float64Array, from: number, to: number): readonly number[] {
  let [a, b, aa, bb, ab, d, dd, ad] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let index = from; index < to; index++) {
    const before = reference[index] as number;
    const after = subject[index] as number;
    const delta = after - before;
    a += before;
    b += after;
    aa += before * before;
    bb += after * after;
    ab += before * after;
    d += delta;
    dd += delta * delta;
    ad += Math.abs(delta);
  }
  return [a, b, aa, bb, ab, d, dd, ad];
}
