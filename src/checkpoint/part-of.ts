import type { Axis, TensorLocation, TensorScale } from './checkpoint.ts';

/** Rows and columns of a matrix that make a part of it; strides count rows and columns, not elements. */
export interface Selection {
  /** Which matrix of a stored [experts, rows, cols] tensor. */
  readonly expert?: number;
  readonly rowOffset: number;
  readonly rows: readonly Axis[];
  readonly colOffset: number;
  readonly cols: readonly Axis[];
}

/**
 * A part of a matrix as a location of its own: a view into the same stored bytes, with the same part of its scales and
 * updates. Undefined where a block of scales would be cut through.
 */
export function partOf(whole: TensorLocation, name: string, selection: Selection): TensorLocation | undefined {
  const { strides: _strides, view: _view, scaled, updates, ...rest } = whole;
  const { offset, strides } = places(whole);
  const [expertStride, rowStride, colStride] = [strides.at(-3) ?? 0, strides.at(-2) ?? 0, strides.at(-1) ?? 0];
  const { expert = 0, rowOffset, rows, colOffset, cols } = selection;
  const shape = [steps(rows), steps(cols)];
  const scale = scaled && scaleOf(scaled, selection, shape);
  if (scaled && !scale) return undefined;
  return {
    ...rest,
    name,
    shape,
    view: {
      offset: offset + expert * expertStride + rowOffset * rowStride + colOffset * colStride,
      rows: rows.map(({ size, stride }) => ({ size, stride: stride * rowStride })),
      cols: cols.map(({ size, stride }) => ({ size, stride: stride * colStride })),
    },
    ...(scale ? { scaled: scale } : {}),
    ...(updates
      ? {
          updates: updates.map(({ a, b, factor }) => ({
            a: must(partOf(a, a.name, { ...all(a), colOffset, cols })),
            b: must(partOf(b, b.name, { ...all(b), rowOffset, rows })),
            factor,
          })),
        }
      : {}),
  };
}

/** Everything of a matrix. */
export function all({ shape }: TensorLocation): Selection {
  return {
    rowOffset: 0,
    rows: [{ size: shape.at(-2) ?? 0, stride: 1 }],
    colOffset: 0,
    cols: [{ size: shape.at(-1) ?? 0, stride: 1 }],
  };
}

/** The matrix with rows and columns exchanged. */
export function transposed(matrix: TensorLocation): TensorLocation {
  const { offset, strides } = places(matrix);
  const [rows = 0, cols = 0] = matrix.shape;
  const [down = 0, across = 0] = strides;
  const { strides: _strides, ...rest } = matrix;
  const view = { offset, rows: [{ size: cols, stride: across }], cols: [{ size: rows, stride: down }] };
  return { ...rest, shape: [cols, rows], view };
}

/** Where element 0 lies and how far apart neighbours are, for a stored tensor or a plain strided matrix. */
function places({ shape, strides, view }: TensorLocation): { offset: number; strides: readonly number[] } {
  if (view) return { offset: view.offset, strides: [view.rows[0]?.stride ?? 0, view.cols[0]?.stride ?? 0] };
  if (strides) return { offset: 0, strides };
  let stride = 1;
  const own = shape.toReversed().map((size) => {
    const here = stride;
    stride *= size;
    return here;
  });
  return { offset: 0, strides: own.reverse() };
}

/** The part of the scales: one for all stays, one a row is selected alike, and blocks must not be cut. */
function scaleOf(
  { scale, blockRows, blockCols }: TensorScale,
  selection: Selection,
  shape: number[],
): TensorScale | undefined {
  const [down = 0, across = 0] = scale.shape;
  const [rows = 0, cols = 0] = shape;
  if (down === 1 && across === 1) return { scale, blockRows: Math.max(1, rows), blockCols: Math.max(1, cols) };
  const { rowOffset, colOffset } = selection;
  const wholeRows = colOffset === 0 && selection.cols.length === 1 && Math.ceil(cols / blockCols) === across;
  if (!wholeRows) return undefined;
  if (blockRows === 1 && across === 1) {
    const part = partOf(scale, scale.name, { ...all(scale), rowOffset, rows: selection.rows });
    return part && { scale: part, blockRows, blockCols };
  }
  const [axis] = selection.rows;
  if (selection.rows.length !== 1 || axis?.stride !== 1 || rowOffset % blockRows !== 0) return undefined;
  const part = partOf(scale, scale.name, {
    ...all(scale),
    rowOffset: rowOffset / blockRows,
    rows: [{ size: Math.ceil(rows / blockRows), stride: 1 }],
  });
  return part && { scale: part, blockRows, blockCols };
}

function steps(axes: readonly Axis[]): number {
  return axes.reduce((product, { size }) => product * size, 1);
}

/** Factors of updates have no scales of their own, so that a part of them always exists. */
function must(part: TensorLocation | undefined): TensorLocation {
  if (!part) throw new Error('A factor of an update carries scales.');
  return part;
}
