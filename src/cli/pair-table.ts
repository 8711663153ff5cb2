import Table from 'cli-table3';
import { decimal, measuredText } from '../base/format.ts';
import type { Measured } from '../base/measured.ts';
import type { PathDiagnosis } from '../pipeline/diagnose-path.ts';
import { printable, type Terminal } from './terminal.ts';

/** Without `--matrices`, no more rows than these: the ones that changed most. */
const rowsShown = 40;
type Row = PathDiagnosis['matrices'][number];

/** A checkpoint against its base by sums alone: what `--pairs-only` prints. */
export function pairTable(
  { checkpoint, pair }: PathDiagnosis,
  view: 'matrices' | 'summary' | 'auto',
  terminal: Terminal,
): string {
  const { bold, dim, red } = terminal.colors;
  if (!pair) return '';
  const changed = pair.matrices.filter(({ error }) => !error);
  const shown =
    view === 'matrices' || changed.length <= rowsShown
      ? changed
      : changed.toSorted((a, b) => change(b) - change(a)).slice(0, view === 'summary' ? 0 : rowsShown);
  const table = new Table({
    head: ['matrix', 'shape', 'change', 'r', 'norm ratio', 'regime'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const { name, shape, diagnostics, labels } of shown)
    table.push([
      printable(name),
      shape.join('×'),
      cell(diagnostics.relative_change, 4),
      cell(diagnostics.weight_correlation, 5),
      cell(diagnostics.norm_ratio, 4),
      labels.modification_regime ?? '—',
    ]);
  return [
    `${bold(printable(checkpoint.path))} ${dim('against')} ${bold(printable(pair.base.path))}`,
    ...(shown.length > 0 ? [table.toString()] : []),
    ...(shown.length < changed.length
      ? [dim(`  ${shown.length} of ${changed.length} matrices, largest change first; --matrices prints every matrix.`)]
      : []),
    ...Object.entries(pair.model)
      .filter(([id, measured]) => !id.includes(':') && (measured.status === 'ok' || measured.code !== 'not-requested'))
      .map(
        ([id, measured]) => `  ${id.replaceAll('_', ' ')}: ${measuredText(measured, id.startsWith('share') ? 1 : 4)}`,
      ),
    ...pair.matrices.flatMap(({ name, error }) =>
      error ? [`${red('  failed')} ${printable(name)}: ${printable(error.message)}`] : [],
    ),
    '',
  ].join('\n');
}

function change({ diagnostics }: Row): number {
  const measured = diagnostics.relative_change;
  return measured?.status === 'ok' ? measured.value : -1;
}

function cell(measured: Measured | undefined, digits: number): string {
  return measured?.status === 'ok' ? decimal(measured.value, digits) : '—';
}
