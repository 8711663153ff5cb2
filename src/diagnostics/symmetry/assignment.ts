/**
 * One-to-one assignment of rows to columns of a square score matrix with the largest total (Kuhn 1955, Munkres 1957; shortest
 * augmenting paths, O(n³)). Returns the column of each row. `scores` is row-major, n × n, finite.
 *
 * `bestAssignment([1, 5, 2, 4], 2)` is `[1, 0]`.
 */
export function bestAssignment(scores: ArrayLike<number>, n: number): number[] {
  // Place 0 of rows and columns is a stand-in; costs are negated scores.
  const rowPotential = new Float64Array(n + 1);
  const columnPotential = new Float64Array(n + 1);
  const rowOf = new Int32Array(n + 1);
  for (let row = 1; row <= n; row++) augment(row);
  const columns = new Array<number>(n);
  for (let column = 1; column <= n; column++) columns[(rowOf[column] as number) - 1] = column - 1;
  return columns;

  function augment(row: number): void {
    const slack = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY);
    const from = new Int32Array(n + 1);
    const done = new Uint8Array(n + 1);
    rowOf[0] = row;
    let column = 0;
    do {
      done[column] = 1;
      const current = rowOf[column] as number;
      let step = Number.POSITIVE_INFINITY;
      let next = 0;
      for (let j = 1; j <= n; j++) {
        if (done[j]) continue;
        const cost = -(scores[(current - 1) * n + j - 1] as number);
        const reduced = cost - (rowPotential[current] as number) - (columnPotential[j] as number);
        if (reduced < (slack[j] as number)) {
          slack[j] = reduced;
          from[j] = column;
        }
        if ((slack[j] as number) < step) {
          step = slack[j] as number;
          next = j;
        }
      }
      for (let j = 0; j <= n; j++) {
        if (done[j]) {
          rowPotential[rowOf[j] as number] = (rowPotential[rowOf[j] as number] as number) + step;
          columnPotential[j] = (columnPotential[j] as number) - step;
        } else slack[j] = (slack[j] as number) - step;
      }
      column = next;
    } while (rowOf[column] !== 0);
    while (column !== 0) {
      const previous = from[column] as number;
      rowOf[column] = rowOf[previous] as number;
      column = previous;
    }
  }
}
