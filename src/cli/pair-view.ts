import { decimal } from '../base/format.ts';
import type { PathDiagnosis } from '../pipeline/diagnose-path.ts';
import { type Kind, kindsOf } from './pair-kinds.ts';
import { pairSentences } from './pair-sentences.ts';
import { sparkline } from './sparkline.ts';
import { printable, type Terminal } from './terminal.ts';
import { wrapped } from './wrapped.ts';

/**
 * What changed against the base, one line a module kind, as wide as the terminal: how far, where over depth, in which
 * regime, whether α and the effective rank moved beyond error and noise; then a few sentences and what is missing.
 */
export function pairView(
  pair: NonNullable<PathDiagnosis['pair']>,
  { width, colors }: Pick<Terminal, 'width' | 'colors'>,
): string {
  const kinds = kindsOf(pair.matrices);
  const depths = [...new Set(pair.matrices.flatMap(({ depth }) => depth ?? []))].sort((a, b) => a - b);
  const top = Math.max(0, ...kinds.flatMap(({ byDepth }) => [...byDepth.values()]));
  const { before, after } = columns(kinds, width);
  const room =
    width - [...before, ...after].reduce((sum, column) => sum + widthOf(column) + gap.length, 0) - gap.length;
  const wanted = Math.max(...kinds.map(({ regimes }) => regimes[0]?.length ?? 0), 'regime'.length);
  const spark = sparkWidth(depths.length, Math.max(room - wanted, width < narrow ? 5 : 9));
  const line = (index: number, drawn: string, regime: string): string =>
    [
      ...before.map((column) => padded(column, index)),
      drawn.padEnd(spark),
      ...after.map((column) => padded(column, index)),
      regime,
    ]
      .join(gap)
      .trimEnd();
  const span = `${depths[0] ?? ''}–${depths.at(-1) ?? ''}`;
  const layers = [`layers ${span}`, span].find((text) => text.length <= spark) ?? '';
  const body = kinds.map((kind, index) => {
    const drawn = kind.inBlocks
      ? sparkline(
          depths.map((depth) => kind.byDepth.get(depth)),
          top,
          spark,
        )
      : '';
    const text = line(index + 1, drawn, fitting(kind.regimes, room - spark));
    return kind.pooled ? text.replace(drawn, colors.cyan(drawn)) : colors.dim(text);
  });
  return [
    colors.dim(line(0, layers, fitting(['regime by layer', 'regime'], room - spark))),
    ...body,
    colors.dim(legend(kinds, top, width)),
    '',
    ...pairSentences(pair).flatMap((sentence) => wrapped(printable(sentence), width, '  ')),
  ].join('\n');
}

const gap = '  ';
/** Below this many columns the counts and the ranks are left out; from `wide` on the null stands beside the rank. */
const narrow = 72;
const wide = 100;

interface Column {
  /** Title, then one cell a kind. */
  readonly cells: readonly string[];
  readonly left?: boolean;
}

/** What stands before and after the sparkline. */
function columns(kinds: readonly Kind[], width: number): { before: Column[]; after: Column[] } {
  const column = (title: string, cell: (kind: Kind) => string, left = false): Column => ({
    cells: [title, ...kinds.map(cell)],
    left,
  });
  const bounds = kinds.some(({ interval }) => interval) ? 'change [95 %]' : 'change [range]';
  const rank =
    width >= wide
      ? column('Δ ln erank / noise', (kind) => `${kind.rank} / ${kind.noise}`)
      : column('Δ rank', (kind) => kind.rank + (kind.beyondNoise ? '*' : ' '));
  return {
    before: [
      column('kind', (kind) => kind.name, true),
      ...(width < narrow ? [] : [column('n', (kind) => String(kind.rows.length))]),
      column(bounds, (kind) => kind.change, true),
      column('r', (kind) => kind.correlation),
    ],
    after: [column('Δα (sure)', (kind) => kind.alpha), ...(width < narrow ? [] : [rank])],
  };
}

function widthOf({ cells }: Column): number {
  return Math.max(...cells.map((cell) => cell.length));
}

function padded(column: Column, index: number): string {
  const cell = column.cells[index] ?? '';
  return column.left ? cell.padEnd(widthOf(column)) : cell.padStart(widthOf(column));
}

/** Blocks that are drawn for so many layers in at most `room` columns. */
function sparkWidth(layers: number, room: number): number {
  return layers === 0 ? 0 : Math.ceil(layers / Math.ceil(layers / Math.min(layers, room)));
}

/** The first wording that has room, or the last one cut off. */
function fitting(forms: readonly string[], room: number): string {
  return forms.find((form) => form.length <= room) ?? `${forms.at(-1)?.slice(0, Math.max(0, room - 1))}…`;
}

function legend(kinds: readonly Kind[], top: number, width: number): string {
  const bounds = kinds.some(({ interval }) => interval)
    ? 'change: median relative change [interval over layers; smallest, largest where layers are few]'
    : 'change: median relative change [smallest, largest]';
  const alpha = 'Δα: negative is heavier tails (how many beyond their error, q 0.05)';
  const rank =
    width >= wide
      ? '; erank: effective rank / what noise of the same size does to it'
      : width >= narrow
        ? '; Δ rank: ln effective rank, * beyond noise of the same size'
        : '';
  return wrapped(`${bounds}; █ = ${decimal(top, 2)}; ${alpha}${rank}.`, width, '  ').join('\n');
}
