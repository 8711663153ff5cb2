/** Entries of the long side per block; two rows of the block and two partners stay in the first-level cache. */
const block = 512;

/**
 * Gram matrix of the short side, row-major short × short, both triangles, from row-major `weights` (rows × cols).
 *
 * `gram([1, 2, 3, 4, 5, 6], 2, 3)` is `[14, 32, 32, 77]`: the products of every two rows.
 */
export function gram(weights: Float64Array, rows: number, cols: number): Float64Array {
  const [short, long] = [Math.min(rows, cols), Math.max(rows, cols)];
  // An even number of lines, so that the kernel need not know of a last odd one; the extra line is zero.
  const lines = short + (short % 2);
  const product = new Float64Array(lines * lines);
  const packed = new Float64Array(lines * Math.min(block, long));
  for (let from = 0; from < long; from += block) {
    const length = Math.min(block, long - from);
    pack(packed, { weights, rows, cols, from, length });
    addProducts(product, packed, lines, length);
  }
  return mirrored(product, lines, short);
}

/** One block, line by line: line i holds places `from` to `from + length` of the long side of short index i. */
function pack(
  packed: Float64Array,
  { weights, rows, cols, from, length }: { weights: Float64Array; rows: number; cols: number; from: number; length: number },
): void {
  if (rows <= cols) {
    for (let line = 0; line < rows; line++) {
      const start = line * cols + from;
      packed.set(weights.subarray(start, start + length), line * length);
    }
    return;
  }
  for (let place = 0; place < length; place++)
    for (let line = 0; line < cols; line++)
      packed[line * length + place] = weights[(from + place) * cols + line] as number;
  packed.fill(0, cols * length);
}

/** Two lines with two lines at once: each number that is loaded is used twice, and four sums run side by side. */
function addProducts(product: Float64Array, packed: Float64Array, lines: number, length: number): void {
  for (let i = 0; i < lines; i += 2) {
    for (let j = 0; j <= i; j += 2) {
      let [p, q, r, s] = [0, 0, 0, 0];
      const [a, b, c, d] = [i * length, (i + 1) * length, j * length, (j + 1) * length];
      for (let k = 0; k < length; k++) {
        const [upper, lower] = [packed[a + k] as number, packed[b + k] as number];
        const [left, right] = [packed[c + k] as number, packed[d + k] as number];
        p += upper * left;
        q += upper * right;
        r += lower * left;
        s += lower * right;
      }
      const at = i * lines + j;
      product[at] = (product[at] as number) + p;
      product[at + 1] = (product[at + 1] as number) + q;
      product[at + lines] = (product[at + lines] as number) + r;
      product[at + lines + 1] = (product[at + lines + 1] as number) + s;
    }
  }
}

/** The lower triangle on both sides of the diagonal, without the extra line. */
function mirrored(product: Float64Array, lines: number, short: number): Float64Array {
  const full = new Float64Array(short * short);
  for (let i = 0; i < short; i++)
    for (let j = 0; j <= i; j++) full[i * short + j] = full[j * short + i] = product[i * lines + j] as number;
  return full;
}
