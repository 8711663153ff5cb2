import type { LeftOut, RawMetric, Unit } from '../raw-run.ts';
import {
  cellPlace,
  countCell,
  numberCell,
  type TableRow,
  type TableRows,
  textCell,
  unreadableTable,
} from '../source/table-rows.ts';
import { type DatasetScores, datasetScores } from './datasets.ts';

export interface Summary {
  readonly metrics: RawMetric[];
  readonly n: number | null;
  readonly leftOut: LeftOut[];
}

/** Columns that name the part of the dataset which a row is about. */
const keys = ['split', 'Task&Skill', 'Subject', 'Category', 'category'];
/** Splits whose row is a score of its own and not a part. */
const splits = new Set(['none', 'validation', 'val', 'test', 'dev']);

/**
 * The scores of a whole dataset in a file of VLMEvalKit; rows and columns about parts of it are left out.
 *
 * @throws SkiagramError `results-malformed` with file, line and column
 */
export function summary(table: TableRows, dataset: string, name: string): Summary {
  const known = datasetScores(dataset);
  const key = keys.find((column) => table.columns.includes(column));
  const rows = key === undefined ? wholeRow(table, name) : summaryRows(table, key, name);
  const columns = scoreColumns(table, key, known, name);
  const metrics: RawMetric[] = [];
  for (const { row, filter } of rows) {
    const found = columns.map((metric) => score(name, row, metric, filter, known?.units[metric] ?? 'unknown'));
    metrics.push(...found, ...made(found, known, filter));
  }
  const [first] = rows;
  const n = first && table.columns.includes('tot') ? countCell(name, first.row, 'tot', 1) : null;
  return { metrics, n, leftOut: parts(table, key, rows.length, columns, name) };
}

interface SummaryRow {
  readonly row: TableRow;
  readonly filter: string;
}

/** The rows about the whole: that of `Overall`, or one for each split. */
function summaryRows(table: TableRows, key: string, name: string): SummaryRow[] {
  const named = table.rows.map((row) => ({ row, part: textCell(row, key) }));
  const overall = named.filter(({ part }) => part === 'Overall');
  const found = overall.length > 0 || key !== 'split' ? overall : named.filter(({ part }) => splits.has(part ?? ''));
  if (found.length === 0)
    throw unreadableTable(`${name}, column "${key}"`, 'there is no row of the whole: neither "Overall" nor a split');
  for (const [index, { row, part }] of found.entries()) {
    const earlier = found.slice(0, index).find((other) => other.part === part);
    if (earlier) throw unreadableTable(name, `${part} comes twice, in ${earlier.row.place} and ${row.place}`);
  }
  return found.map(({ row, part }) => ({ row, filter: part === 'Overall' || part === 'none' ? 'none' : String(part) }));
}

function wholeRow({ rows }: TableRows, name: string): SummaryRow[] {
  const [row, second] = rows;
  if (row === undefined) throw unreadableTable(name, 'there is no row');
  if (second !== undefined)
    throw unreadableTable(`${name}, ${second.place}`, 'a second row, and no column that says what rows are about');
  return [{ row, filter: 'none' }];
}

/** The columns of the dataset's table; for a dataset that is not in it, those that are usual. */
function scoreColumns(
  table: TableRows,
  key: string | undefined,
  known: DatasetScores | undefined,
  name: string,
): string[] {
  const wanted = known ? Object.keys(known.units) : ['Overall', 'acc'];
  const found = wanted.filter((column) => table.columns.includes(column));
  if (found.length > 0) return found;
  if (known || key !== undefined)
    throw unreadableTable(
      name,
      `there is no column ${wanted.join(' or ')}; it has ${table.columns.slice(0, 12).join(', ')}`,
    );
  return [...table.columns];
}

function score(name: string, row: TableRow, metric: string, filter: string, unit: Unit): RawMetric {
  const value = numberCell(name, row, metric);
  const top = { proportion: 1, percent: 100, points: undefined, unknown: undefined }[unit];
  if (value !== null && top !== undefined && (value < 0 || value > top + 1e-9))
    throw unreadableTable(
      cellPlace(name, row, metric),
      `${value} is no ${unit}, which VLMEvalKit writes for this dataset: another version of it?`,
    );
  return { metric, filter, value, stderr: null, higherIsBetter: null, unit };
}

function made(found: readonly RawMetric[], known: DatasetScores | undefined, filter: string): RawMetric[] {
  const rule = known?.made;
  if (!rule) return [];
  const values = rule.from.map((from) => found.find(({ metric }) => metric === from)?.value ?? null);
  if (values.some((value) => value === null)) return [];
  const sum = values.reduce((total: number, value) => total + (value ?? 0), 0);
  const value = rule.how === 'sum' ? sum : sum / values.length;
  return [{ metric: rule.metric, filter, value, stderr: null, higherIsBetter: null, unit: rule.unit }];
}

function parts(
  table: TableRows,
  key: string | undefined,
  read: number,
  columns: readonly string[],
  name: string,
): LeftOut[] {
  const rows = table.rows.length - read;
  const bookkeeping = new Set([key, 'tot', ...columns]);
  const others = table.columns.filter((column) => !bookkeeping.has(column));
  return [
    ...(rows > 0 ? [{ what: `${rows} rows of ${name}`, reason: 'they are about parts of the dataset' }] : []),
    ...(others.length > 0
      ? [
          {
            what: `columns of ${name}: ${others.slice(0, 8).join(', ')}${others.length > 8 ? `, … (${others.length})` : ''}`,
            reason: 'parts of the dataset, or no scores',
          },
        ]
      : []),
  ];
}
