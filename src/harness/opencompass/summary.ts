import { SkiagramError } from '../../base/error.ts';
import type { LeftOut, Unit } from '../raw-run.ts';
import { parseDelimited } from '../source/delimited.ts';
import type { SourceFile } from '../source/open-source.ts';
import { cellPlace, numberCell, shownCell, type TableRow, unreadableTable } from '../source/table-rows.ts';
import { opencompassUnit } from './units.ts';

/** One score of one model. */
export interface SummaryScore {
  readonly dataset: string;
  readonly version: string | null;
  readonly metric: string;
  readonly mode: string | null;
  readonly value: number;
  readonly unit: Unit;
  readonly place: string;
}

/** One summary: the scores of each model in the order of the columns, and what is no score. */
export interface CompassSummary {
  readonly models: ReadonlyMap<string, readonly SummaryScore[]>;
  readonly leftOut: readonly LeftOut[];
}

/** The columns before those of the models. */
export const summaryHeader = ['dataset', 'version', 'metric', 'mode'] as const;

/** Metrics of rows that repeat other rows. */
const aggregates = new Set(['naive_average', 'weighted_average', 'harmonic_mean', 'sum', 'standard_deviation']);

/**
 * Reads `summary_<time>.csv`.
 *
 * @throws SkiagramError `results-malformed` with line and column, `task-twice` for a metric that comes twice
 */
export async function readSummary(file: SourceFile): Promise<CompassSummary> {
  const { columns, rows } = parseDelimited(await file.bytes(), file.name, ',');
  const models = columns.slice(summaryHeader.length);
  for (const [index, expected] of summaryHeader.entries())
    if (columns[index] !== expected)
      throw unreadableTable(
        `${file.name}:1`,
        `column ${index + 1} is "${columns[index] ?? ''}" where OpenCompass writes "${expected}"`,
      );
  if (models.length === 0) throw unreadableTable(`${file.name}:1`, 'there is no column of a model');
  const scores = new Map<string, SummaryScore[]>(models.map((model) => [model, []]));
  const leftOut: LeftOut[] = [];
  const seen = new Map<string, TableRow>();
  for (const row of rows) {
    const text = (column: string): string => String(row.cells.get(column) ?? '').trim();
    const [dataset, metric] = [text('dataset'), text('metric')];
    if (dataset === '') throw unreadableTable(cellPlace(file.name, row, 'dataset'), 'the dataset has no name');
    if (models.every((model) => text(model) === '-')) {
      leftOut.push({
        what: `${dataset} (${row.place} of ${file.name})`,
        reason: 'no model has a result, or a heading',
      });
      continue;
    }
    if (metric === '' || metric === '-')
      throw unreadableTable(cellPlace(file.name, row, 'metric'), 'there are results but no metric');
    const key = JSON.stringify([dataset, metric]);
    const earlier = seen.get(key);
    if (earlier) throw twice(file.name, `${metric} of ${dataset}`, earlier, row);
    seen.set(key, row);
    if (aggregates.has(metric)) {
      leftOut.push({ what: `${dataset} (${metric})`, reason: 'a group: its score repeats those of its members' });
      continue;
    }
    const head = { dataset, metric, version: version(file.name, row), mode: mode(file.name, row), place: row.place };
    for (const model of models) {
      const value = scoreCell(file.name, row, model, opencompassUnit(dataset, metric));
      if (value === null) leftOut.push({ what: `${dataset} of ${model}`, reason: 'no result (-)' });
      else scores.get(model)?.push({ ...head, value, unit: opencompassUnit(dataset, metric) });
    }
  }
  return { models: scores, leftOut };
}

function scoreCell(name: string, row: TableRow, model: string, unit: Unit): number | null {
  const value = numberCell(name, row, model);
  if (value !== null && unit === 'percent' && (value < 0 || value > 100))
    throw unreadableTable(cellPlace(name, row, model), `${value} is no percentage, which this metric is`);
  return value;
}

/** Six hexadecimal digits of the hash of the prompt. */
function version(name: string, row: TableRow): string | null {
  const text = String(row.cells.get('version') ?? '').trim();
  if (text === '-') return null;
  if (/^[0-9a-f]{6,}$/.test(text)) return text;
  throw unreadableTable(cellPlace(name, row, 'version'), `expected a hash or -, found ${shownCell(text)}`);
}

function mode(name: string, row: TableRow): string | null {
  const text = String(row.cells.get('mode') ?? '').trim();
  if (text === '-' || text === 'unknown') return null;
  if (/^[a-z_]{2,20}$/.test(text)) return text;
  throw unreadableTable(cellPlace(name, row, 'mode'), `expected gen, ppl, ll or mixed, found ${shownCell(text)}`);
}

function twice(name: string, what: string, one: TableRow, two: TableRow): SkiagramError {
  return new SkiagramError({
    code: 'task-twice',
    message: `${name}: ${what} comes twice, in ${one.place} and ${two.place}.`,
    hint: 'Two summaries may have been joined: keep one.',
  });
}
