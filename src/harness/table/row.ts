import type { RawMetric } from '../raw-run.ts';
import {
  cellPlace,
  countCell,
  numberCell,
  shownCell,
  type TableRow,
  textCell,
  unreadableTable,
} from '../source/table-rows.ts';
import type { TableColumns } from './columns.ts';

/** One row, read by its columns. */
export interface ScoreRow {
  readonly place: string;
  readonly model: string | null;
  readonly task: string;
  readonly metric: string;
  readonly filter: string;
  /** Null where the row says that there is none. */
  readonly value: number | null;
  readonly unit: NonNullable<RawMetric['unit']>;
  readonly stderr: number | null;
  readonly n: number | null;
  readonly version: string | null;
  readonly shots: number | null;
  readonly item: string | null;
  readonly cluster: string | null;
}

/** Words for the same scale. */
const scales = new Map<string, ScoreRow['unit']>([
  ['proportion', 'proportion'],
  ['fraction', 'proportion'],
  ['percent', 'percent'],
  ['points', 'points'],
  ['raw', 'points'],
]);

/**
 * Reads one row.
 *
 * @throws SkiagramError `results-malformed` with file, line and column: a name that is missing, a number that is none,
 *   a value that its scale cannot hold
 */
export function scoreRow(name: string, row: TableRow, columns: TableColumns): ScoreRow {
  const named = (field: 'model' | 'task' | 'metric'): string | null => {
    const column = columns[field];
    if (column === undefined) return columns.constant[field] ?? null;
    const text = textCell(row, column);
    if (text === null) throw unreadableTable(cellPlace(name, row, column), `the ${field} has no name`);
    return text;
  };
  const text = (column: string | undefined): string | null => (column === undefined ? null : textCell(row, column));
  const { stderr, n, shots } = columns;
  const unit = scaleOf(name, row, columns);
  const error = stderr === undefined ? null : numberCell(name, row, stderr);
  if (error !== null && error < 0 && stderr !== undefined)
    throw unreadableTable(cellPlace(name, row, stderr), `a standard error cannot be negative, found ${error}`);
  return {
    place: row.place,
    model: named('model'),
    task: String(named('task')),
    metric: String(named('metric')),
    filter: text(columns.filter) ?? (columns.filter === undefined ? columns.constant.filter : undefined) ?? 'none',
    value: scoreOf(name, row, columns, unit),
    unit,
    stderr: error,
    n: n === undefined ? null : countCell(name, row, n, 1),
    version: text(columns.version),
    shots: shots === undefined ? null : countCell(name, row, shots, 0),
    item: text(columns.item),
    cluster: text(columns.cluster),
  };
}

/** The value of a row; true and false count as 1 and 0 where rows are items. */
function scoreOf(name: string, row: TableRow, columns: TableColumns, unit: ScoreRow['unit']): number | null {
  const cell = row.cells.get(columns.value) ?? null;
  const flag = columns.item === undefined ? undefined : flags.get(String(cell).toLowerCase());
  const value = flag ?? numberCell(name, row, columns.value);
  const [low, high] = bounds[unit];
  if (value !== null && (value < low || value > high))
    throw unreadableTable(
      cellPlace(name, row, columns.value),
      `${shownCell(cell)} is no ${unit}, which lies between ${low} and ${high}`,
    );
  return value;
}

const flags = new Map([
  ['true', 1],
  ['false', 0],
]);

const bounds: Readonly<Record<ScoreRow['unit'], readonly [number, number]>> = {
  proportion: [0, 1],
  percent: [0, 100],
  points: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  unknown: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
};

function scaleOf(name: string, row: TableRow, { scale, mappedScale }: TableColumns): ScoreRow['unit'] {
  const written = scale === undefined ? null : textCell(row, scale);
  if (scale === undefined || written === null) return mappedScale ?? 'unknown';
  const unit = scales.get(written.toLowerCase());
  if (unit === undefined)
    throw unreadableTable(
      cellPlace(name, row, scale),
      `expected proportion, percent or points, found ${shownCell(written)}`,
    );
  if (mappedScale !== undefined && mappedScale !== unit)
    throw unreadableTable(cellPlace(name, row, scale), `${written} here, but the mapping says ${mappedScale}`);
  return unit;
}
