/** Row-major float64 matrix. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly entries: Float64Array;
}

export function multiply(a: Matrix, b: Matrix): Matrix {
  const entries = new Float64Array(a.rows * b.cols);
  for (let i = 0; i < a.rows; i++) {
    for (let k = 0; k < a.cols; k++) {
      const factor = a.entries[i * a.cols + k] as number;
      for (let j = 0; j < b.cols; j++)
        entries[i * b.cols + j] = (entries[i * b.cols + j] as number) + factor * (b.entries[k * b.cols + j] as number);
    }
  }
  return { rows: a.rows, cols: b.cols, entries };
}

/** Gram–Schmidt, twice, on the columns. */
export function orthonormalColumns({ rows, cols, entries }: Matrix): Matrix {
  const columns = Array.from({ length: cols }, (_, col) =>
    Float64Array.from({ length: rows }, (__, row) => entries[row * cols + col] as number),
  );
  for (const [index, column] of columns.entries()) {
    for (let pass = 0; pass < 2; pass++) {
      for (const earlier of columns.slice(0, index)) {
        let along = 0;
        for (let row = 0; row < rows; row++) along += (column[row] as number) * (earlier[row] as number);
        for (let row = 0; row < rows; row++) column[row] = (column[row] as number) - along * (earlier[row] as number);
      }
    }
    const norm = Math.sqrt(squares(column));
    for (let row = 0; row < rows; row++) column[row] = (column[row] as number) / norm;
  }
  const out = new Float64Array(rows * cols);
  for (const [col, column] of columns.entries())
    for (let row = 0; row < rows; row++) out[row * cols + col] = column[row] as number;
  return { rows, cols, entries: out };
}

export function plus(a: Matrix, b: Matrix): Matrix {
  return {
    rows: a.rows,
    cols: a.cols,
    entries: a.entries.map((entry, at) => entry + (b.entries[at] as number)),
  };
}

/** `matrix` with m times the Frobenius norm of `beside`. */
export function scaledTo(matrix: Matrix, m: number, beside: Matrix): Matrix {
  const factor = m * Math.sqrt(squares(beside.entries) / squares(matrix.entries));
  return { ...matrix, entries: matrix.entries.map((entry) => factor * entry) };
}

export function squares(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}
