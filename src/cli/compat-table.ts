import Table from 'cli-table3';
import { csv } from '../base/csv.ts';
import type { CompatDiagnosis } from '../pipeline/compat-path.ts';
import { printable, type Terminal } from './terminal.ts';

/** Columns shown on a terminal; --csv and --json have all of them. Absent ones are left out. */
const shown = [
  'layer_id',
  'name',
  'N',
  'M',
  'alpha',
  'D',
  'sigma',
  'xmin',
  'num_pl_spikes',
  'alpha_weighted',
  'log_norm',
  'log_spectral_norm',
  'stable_rank',
  'matrix_rank',
  'entropy',
  'num_spikes',
  'mp_softrank',
  'rand_distance',
  'ERG_gap',
  'warning',
  'status',
];

/** WeightWatcher's table as text: the columns that are looked at most, the summary, and what it leaves out in silence. */
export function compatTable(
  { path, engine, rows, summary, dropped, failed }: CompatDiagnosis,
  terminal: Terminal,
): string {
  const { bold, dim, red } = terminal.colors;
  const columns = shown.filter((column) => rows.some((row) => column in row));
  const table = new Table({
    head: columns,
    colAligns: columns.map((column) => (column === 'name' ? 'left' : 'right')),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) table.push(columns.map((column) => cell(row[column])));
  return [
    bold(printable(path)),
    dim(`columns of WeightWatcher 0.7.7, ${engine}`),
    rows.length > 0 ? table.toString() : 'No layer is within the limits.',
    ...Object.entries(summary).map(([key, value]) => `  ${key}: ${cell(value)}`),
    ...dropped.map(({ name, reason }) => dim(`  No row for ${printable(name)}: ${reason}`)),
    ...failed.map(({ name, error }) => `${red('  failed')} ${printable(name)}: ${printable(error.message)}`),
    '',
  ].join('\n');
}

/** All columns as CSV. */
export function compatCsv({ rows }: CompatDiagnosis): string {
  const columns = Object.keys(rows[0] ?? {});
  return csv([columns, ...rows.map((row) => columns.map((column) => row[column]))]);
}

function cell(value: unknown): string {
  if (typeof value !== 'number') return printable(String(value ?? ''));
  return Number.isInteger(value) ? String(value) : value.toPrecision(6);
}
