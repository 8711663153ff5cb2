import Table from 'cli-table3';
import { median } from 'simple-statistics';
import { decimal, measuredText, signed } from '../base/format.ts';
import { type Measured, numberOf } from '../base/measured.ts';
import { type DiagnosticId, diagnostics } from '../diagnostics/registry.ts';
import type { PathDiagnosis } from '../pipeline/diagnose-path.ts';
import { pairView } from './pair-view.ts';
import { printable, type Terminal } from './terminal.ts';

/** More rows than this are summarised by module kind unless asked for. */
const rowsShown = 120;
type Row = PathDiagnosis['matrices'][number];

/**
 * One checkpoint's diagnostics as text: heading, table, model summary, and what was left out; against a base, what
 * changed, unless the tables are asked for.
 */
export function diagnosisTable(
  result: PathDiagnosis,
  view: 'matrices' | 'summary' | 'auto',
  terminal: Terminal,
): string {
  const { checkpoint, matrices, pair } = result;
  const { bold, dim } = terminal.colors;
  const pairs = new Map((pair?.matrices ?? []).map((matrix) => [matrix.name, matrix]));
  const summarise = view === 'summary' || (view === 'auto' && matrices.length > rowsShown);
  const heading = `${bold(printable(checkpoint.path))}${pair ? ` ${dim('against')} ${bold(printable(pair.base.path))}` : ''}`;
  const facts = `${checkpoint.architecture ?? 'unknown architecture'}, ${(checkpoint.parameters / 1e6).toFixed(2)} M parameters, ${Object.keys(checkpoint.dtypes).join(' + ')}, fingerprint ${checkpoint.fingerprint.slice(0, 12)}, ${result.engine}`;
  if (pair && view === 'auto')
    return [
      heading,
      dim(facts),
      pairView(pair, terminal),
      dim('  --matrices: every matrix; --summary: spectra by module kind; --json: all.'),
      ...failures(matrices, terminal),
      '',
    ].join('\n');
  return [
    heading,
    dim(facts),
    summarise ? kindTable(matrices, pairs) : matrixTable(matrices, pairs, terminal),
    ...summaryLines(result.model, pair?.model),
    ...(summarise && view === 'auto' ? [dim('  --matrices prints every matrix.')] : []),
    ...(result.leftOut.length > 0
      ? [
          dim(
            `  Left out: ${result.leftOut.map((entry) => `${entry.count}: ${entry.reason.replace(/\.$/, '')}`).join('; ')}.`,
          ),
        ]
      : []),
    ...result.notes.map((note) => dim(`  Note, ${note.count}: ${note.reason}`)),
    ...(result.lowRank
      ? [
          dim(
            `  Low-rank by design: an adapter of rank ${result.lowRank.rank} on ${printable(result.lowRank.targets.join(', '))}.`,
          ),
        ]
      : []),
    ...failures(matrices, terminal),
    '',
  ].join('\n');
}

function failures(matrices: readonly Row[], terminal: Terminal): string[] {
  return matrices
    .filter((matrix) => matrix.error)
    .map(
      (matrix) =>
        `${terminal.colors.red('  failed')} ${printable(matrix.name)}: ${printable(matrix.error?.message ?? '')}`,
    );
}

const pairHead = ['change', 'r', 'Δ ln erank', 'regime'];

function matrixTable(matrices: readonly Row[], pairs: ReadonlyMap<string, Row>, terminal: Terminal): string {
  const table = grid(
    ['matrix', 'shape', 'α', 'σ', 'D', 'xmin', 'spikes', 'erank', 'stable', ...(pairs.size > 0 ? pairHead : [])],
    1,
  );
  for (const matrix of matrices) {
    const of = (key: string, digits: number): string => cell(matrix.diagnostics[key], digits);
    const own = matrix.pooled ? (text: string): string => text : terminal.colors.dim;
    table.push([
      own(shortName(matrix.name)),
      matrix.shape.join('×'),
      of('alpha', 3),
      of('sigma', 2),
      of('D', 3),
      significant(matrix.diagnostics.xmin),
      of('num_pl_spikes', 0),
      of('effective_rank', 1),
      of('stable_rank', 1),
      ...(pairs.size > 0 ? pairCells(pairs.get(matrix.name)) : []),
    ]);
  }
  return table.toString();
}

function kindTable(matrices: readonly Row[], pairs: ReadonlyMap<string, Row>): string {
  const kinds = [...new Set(matrices.map((matrix) => `${matrix.group}/${matrix.role}`))];
  const table = grid(
    ['kind', 'n', 'α', 'D', 'erank', 'stable', ...(pairs.size > 0 ? ['change', 'r', 'Δ ln erank'] : [])],
    1,
  );
  for (const kind of kinds) {
    const own = matrices.filter((matrix) => `${matrix.group}/${matrix.role}` === kind);
    const of = (rows: readonly Row[], key: string, digits: number): string =>
      middle(
        rows.flatMap((matrix) => numberOf(matrix.diagnostics[key]) ?? []),
        digits,
      );
    const changed = own.flatMap((matrix) => pairs.get(matrix.name) ?? []);
    table.push([
      kind,
      own.length,
      of(own, 'alpha', 2),
      of(own, 'D', 3),
      of(own, 'effective_rank', 0),
      of(own, 'stable_rank', 1),
      ...(pairs.size > 0
        ? [
            of(changed, 'relative_change', 3),
            of(changed, 'weight_correlation', 3),
            of(changed, 'delta_log_effective_rank', 3),
          ]
        : []),
    ]);
  }
  return `${table.toString()}\n  Median [smallest, largest] over the matrices of a kind.`;
}

function pairCells(pair: Row | undefined): string[] {
  if (!pair) return ['—', '—', '—', 'no partner'];
  const { relative_change, weight_correlation, delta_log_effective_rank } = pair.diagnostics;
  return [
    cell(relative_change, 3),
    cell(weight_correlation, 4),
    cell(delta_log_effective_rank, 3, signed),
    pair.labels.modification_regime ?? '—',
  ];
}

function summaryLines(model: PathDiagnosis['model'], pair: PathDiagnosis['model'] | undefined): string[] {
  const entries = [...Object.entries(model), ...Object.entries(pair ?? {})].filter(([key]) => !key.includes(':'));
  return entries.map(
    ([key, measured]) =>
      `  ${key.replaceAll('_', ' ')}: ${measuredText(measured, digitsOf(key))}${measured.status === 'ok' && measured.n !== undefined ? ` (n = ${measured.n})` : ''}`,
  );
}

/** Percentages with one decimal, counts with none. */
function digitsOf(key: string): number {
  const id = key.replace(/\..*$/, '');
  const unit = diagnostics[id as DiagnosticId]?.meta.unit;
  return unit === '%' ? 1 : id === 'alpha_spikes' ? 0 : 3;
}

function grid(head: string[], left: number): Table.Table {
  return new Table({
    head,
    colAligns: head.map((_, index) => (index < left ? 'left' : 'right')),
    style: { head: [], border: [], compact: true },
  });
}

function cell(
  measured: Measured | undefined,
  digits: number,
  number: (value: number, digits: number) => string = decimal,
): string {
  return measured?.status === 'ok' ? number(measured.value, digits) : '—';
}

function significant(measured: Measured | undefined): string {
  return measured?.status === 'ok' ? measured.value.toPrecision(4) : '—';
}

function middle(values: readonly number[], digits: number): string {
  if (values.length === 0) return '—';
  return `${decimal(median([...values]), digits)} [${decimal(Math.min(...values), digits)}, ${decimal(Math.max(...values), digits)}]`;
}

/** `model.layers.3.self_attn.q_proj.weight` -> `3.self_attn.q_proj`: what differs between rows. */
function shortName(name: string): string {
  return printable(name)
    .replace(/^(model\.|transformer\.)?(layers\.|h\.|blocks\.)?/, '')
    .replace(/\.weight$/, '');
}
