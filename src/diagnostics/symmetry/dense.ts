import { randomStream } from '../../base/random.ts';

/** A dense row-major matrix, as the symmetry checks hold it. */
export interface Dense {
  readonly rows: number;
  readonly cols: number;
  readonly entries: Float64Array;
}

/** The transpose, as a copy. */
export function transposed({ rows, cols, entries }: Dense): Dense {
  const turned = new Float64Array(entries.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) turned[j * rows + i] = entries[i * cols + j] as number;
  return { rows: cols, cols: rows, entries: turned };
}

/** Every column multiplied by its factor, as a copy. */
export function scaledColumns({ rows, cols, entries }: Dense, factors: Float64Array): Dense {
  return {
    rows,
    cols,
    entries: entries.map((value, index) => value * (factors[index % cols] as number)),
  };
}

/** ⟨row i of a, row j of b⟩. */
export function rowProduct(a: Dense, i: number, b: Dense, j: number): number {
  const { entries: left, cols } = a;
  const { entries: right } = b;
  let sum = 0;
  for (let k = 0, x = i * cols, y = j * cols; k < cols; k++, x++, y++)
    sum += (left[x] as number) * (right[y] as number);
  return sum;
}

/** Norm of row i. */
export function rowNorm(a: Dense, i: number): number {
  return Math.sqrt(rowProduct(a, i, a, i));
}

/** Gaussian directions, `count` rows of length `length`; the same at every run. */
export function directions(length: number, count: number): Dense {
  const random = randomStream(0x5ee_d);
  return { rows: count, cols: length, entries: Float64Array.from({ length: length * count }, () => random.normal()) };
}

/** Pearson correlation of entries handed over one pair at a time; 0 where one side is constant. */
export function correlator(): { add(a: number, b: number): void; value(): number } {
  let [n, a1, b1, aa, bb, ab] = [0, 0, 0, 0, 0, 0];
  return {
    add(a, b) {
      n++;
      a1 += a;
      b1 += b;
      aa += a * a;
      bb += b * b;
      ab += a * b;
    },
    value() {
      const spread = (aa - (a1 * a1) / n) * (bb - (b1 * b1) / n);
      return spread > 0 ? (ab - (a1 * b1) / n) / Math.sqrt(spread) : 0;
    },
  };
}

/** Correlation of all entries of two matrices of equal shape, row i of `a` against row `match[i]` of `b` times `scale[i]`. */
export function matchedCorrelation(
  a: Dense,
  b: Dense,
  match: ArrayLike<number>,
  scale: ArrayLike<number> | undefined = undefined,
): number {
  const sums = correlator();
  for (let i = 0; i < a.rows; i++) {
    const factor = scale?.[i] ?? 1;
    const [left, right] = [i * a.cols, (match[i] as number) * b.cols];
    for (let k = 0; k < a.cols; k++) sums.add(a.entries[left + k] as number, factor * (b.entries[right + k] as number));
  }
  return sums.value();
}
