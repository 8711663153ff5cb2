import { median } from 'simple-statistics';
import { depthRuns } from '../base/depth-runs.ts';
import { decimal, signed } from '../base/format.ts';
import { numberOf } from '../base/measured.ts';
import { groups } from '../checkpoint/checkpoint.ts';
import { alphaShifts } from '../diagnostics/alpha-shifts.ts';
import { withDepthInterval } from '../diagnostics/depth-interval.ts';
import { attentionRoles, mlpRoles } from '../diagnostics/module-sides.ts';
import type { PathDiagnosis } from '../pipeline/diagnose-path.ts';
import { pairSentences } from './pair-sentences.ts';
import { sparkline } from './sparkline.ts';
import { printable, type Terminal } from './terminal.ts';

type Pair = NonNullable<PathDiagnosis['pair']>;
export type PairRow = Pair['matrices'][number];

/**
 * What changed against the base, one line a module kind, as wide as the terminal: how far, where over depth, in which
 * regime, whether α and the effective rank moved beyond error and noise; then a few sentences and what is missing.
 */
export function pairView(pair: Pair, { width, colors }: Pick<Terminal, 'width' | 'colors'>): string {
  const kinds = kindsOf(pair.matrices);
  const depths = [...new Set(pair.matrices.flatMap(({ depth }) => depth ?? []))].sort((a, b) => a - b);
  const top = Math.max(0, ...kinds.flatMap(({ byDepth }) => [...byDepth.values()]));
  const wide = width >= 100;
  const lines = kinds.map((kind) => [
    kind.name,
    String(kind.rows.length),
    kind.change,
    kind.correlation,
    kind.alpha,
    wide ? `${kind.rank} / ${kind.noise}` : kind.rank + (kind.beyondNoise ? '*' : ''),
  ]);
  const head = [
    'kind',
    'n',
    kinds.some(({ interval }) => interval) ? 'change [95 %]' : 'change [range]',
    'r',
    'α',
    wide ? 'Δ ln erank / noise' : 'Δ ln rank',
  ];
  const widths = head.map((title, column) => Math.max(title.length, ...lines.map((line) => line[column]?.length ?? 0)));
  const fixed = widths.reduce((sum, own) => sum + own + 2, 0);
  const sparkWidth = Math.max(5, Math.min(depths.length, Math.floor((width - fixed) * 0.5), 48));
  const rest = Math.max(10, width - fixed - sparkWidth - 2);
  const row = (cells: readonly string[], spark: string, regime: string): string =>
    [
      cells[0]?.padEnd(widths[0] ?? 0),
      cells[1]?.padStart(widths[1] ?? 0),
      cells[2]?.padEnd(widths[2] ?? 0),
      cells[3]?.padStart(widths[3] ?? 0),
      spark.padEnd(sparkWidth),
      cells[4]?.padStart(widths[4] ?? 0),
      cells[5]?.padStart(widths[5] ?? 0),
      regime,
    ]
      .join('  ')
      .trimEnd();
  const span = depths.length > 0 ? `${depths[0]}–${depths.at(-1)}` : '';
  const layers = `layers ${span}`.length <= sparkWidth ? `layers ${span}` : span;
  return [
    colors.dim(row(head, layers, 'regime by layer')),
    ...kinds.map((kind, index) => {
      const spark = sparkline(depths.length > 0 ? depths.map((depth) => kind.byDepth.get(depth)) : [], top, sparkWidth);
      const text = row(lines[index] ?? [], kind.inBlocks ? spark : '', regimeText(kind.rows, rest));
      return kind.pooled ? text.replace(spark, (own) => colors.cyan(own)) : colors.dim(text);
    }),
    colors.dim(legend(kinds, top, wide, width)),
    '',
    ...pairSentences(pair).flatMap((sentence) => wrapped(printable(sentence), width)),
  ].join('\n');
}

interface Kind {
  readonly name: string;
  readonly rows: readonly PairRow[];
  readonly pooled: boolean;
  readonly inBlocks: boolean;
  /** Largest relative change of the kind in each layer. */
  readonly byDepth: ReadonlyMap<number, number>;
  readonly change: string;
  readonly interval: boolean;
  readonly correlation: string;
  readonly alpha: string;
  readonly rank: string;
  readonly noise: string;
  readonly beyondNoise: boolean;
}

function kindsOf(matrices: readonly PairRow[]): Kind[] {
  const shown = new Set(matrices.filter(({ pooled }) => pooled).map(({ group }) => group));
  const shifts = alphaShifts(matrices.filter(({ pooled }) => pooled));
  const kinds = Map.groupBy(matrices, ({ group, role, pooled }) => {
    const kind = role === 'embedding' ? 'embed' : role;
    const name = shown.size > 1 || !shown.has(group) ? `${group}/${kind}` : kind;
    return `${pooled ? 0 : 1} ${name}`;
  });
  return [...kinds]
    .sort(([a, [first]], [b, [second]]) => Number(a[0]) - Number(b[0]) || place(first) - place(second))
    .map(([key, rows]) => {
      const own = shifts.filter(({ matrix }) => rows.includes(matrix));
      return { name: key.slice(2), rows, ...changeOf(rows), ...alphaOf(rows, own), ...rankOf(rows), ...placed(rows) };
    });
}

/** Groups apart, kinds in the order in which a block uses them. */
function place(row: PairRow | undefined): number {
  const order: readonly string[] = [...attentionRoles, ...mlpRoles];
  const kind = order.indexOf(row?.role ?? '');
  return 100 * (groups as readonly string[]).indexOf(row?.group ?? '') + (kind < 0 ? order.length : kind);
}

function placed(rows: readonly PairRow[]): Pick<Kind, 'pooled' | 'inBlocks' | 'byDepth'> {
  const byDepth = new Map<number, number>();
  for (const { depth, diagnostics } of rows) {
    const change = numberOf(diagnostics.relative_change);
    if (depth !== null && change !== undefined) byDepth.set(depth, Math.max(byDepth.get(depth) ?? 0, change));
  }
  return { pooled: rows[0]?.pooled ?? false, inBlocks: rows.some(({ depth }) => depth !== null), byDepth };
}

function changeOf(rows: readonly PairRow[]): Pick<Kind, 'change' | 'interval' | 'correlation'> {
  const changes = rows.flatMap(({ depth, diagnostics }) => {
    const m = numberOf(diagnostics.relative_change);
    return m === undefined ? [] : [{ depth, m }];
  });
  const correlation = typical(rows, 'weight_correlation');
  const shown = { correlation: correlation === undefined ? '—' : decimal(correlation, 3) };
  const measured = withDepthInterval(
    changes,
    (sample) => (sample.length === 0 ? undefined : median(sample.map(({ m }) => m))),
    { code: 'no-values', reason: '' },
  );
  if (measured.status !== 'ok') return { ...shown, change: '—', interval: false };
  const { value, interval } = measured;
  const values = changes.map(({ m }) => m);
  const [low, high] = interval ? [interval.low, interval.high] : [Math.min(...values), Math.max(...values)];
  return {
    ...shown,
    change: values.length === 1 ? decimal(value, 2) : `${decimal(value, 2)} [${decimal(low, 2)}, ${decimal(high, 2)}]`,
    interval: interval !== undefined,
  };
}

/** `−0.31 (2)`: median change of the exponent, and how many moved beyond their error. */
function alphaOf(
  rows: readonly PairRow[],
  own: readonly ReturnType<typeof alphaShifts<PairRow>>[number][],
): Pick<Kind, 'alpha'> {
  const delta = typical(rows, 'delta_alpha');
  const sure = own.length > 0 ? ` (${own.filter(({ significant }) => significant).length})` : '';
  return { alpha: delta === undefined ? '—' : `${signed(delta, 2)}${sure}` };
}

function rankOf(rows: readonly PairRow[]): Pick<Kind, 'rank' | 'noise' | 'beyondNoise'> {
  const [delta, noise] = [typical(rows, 'delta_log_effective_rank'), typical(rows, 'noise_log_effective_rank')];
  return {
    rank: delta === undefined ? '—' : signed(delta, 3),
    noise: noise === undefined ? '—' : signed(noise, 3),
    beyondNoise: (typical(rows, 'geometry_score') ?? 0) > 0.2,
  };
}

function typical(rows: readonly PairRow[], id: string): number | undefined {
  const values = rows.flatMap(({ diagnostics }) => numberOf(diagnostics[id]) ?? []);
  return values.length === 0 ? undefined : median(values);
}

/** `conservative 0–11; deep 12–18`; short names, then counts, where that is too long. */
function regimeText(rows: readonly PairRow[], space: number): string {
  const labelled = Map.groupBy(
    rows.filter(({ labels }) => labels.modification_regime !== undefined),
    ({ labels }) => (labels.coordinates ?? labels.modification_regime) as string,
  );
  const parts = [...labelled].map(([regime, own]) => ({
    regime,
    short: shortRegimes[regime] ?? regime,
    count: own.length,
    runs: depthRuns(own.flatMap(({ depth }) => depth ?? [])),
  }));
  const counted = parts.toSorted((a, b) => b.count - a.count);
  const failed = rows.filter(({ error }) => error).length;
  const forms = [
    parts.map(({ regime, runs }) => `${regime} ${runs.join(', ')}`.trim()).join('; '),
    parts.map(({ short, runs }) => `${short} ${runs.join(',')}`.trim()).join(' '),
    counted.map(({ short, count }) => `${count} ${short}`).join(', '),
  ].map((form) => (failed > 0 ? `${form} (${failed} failed)`.trim() : form));
  return forms.find((form) => form.length <= space) ?? `${forms[2]?.slice(0, space - 1)}…`;
}

const shortRegimes: Readonly<Record<string, string>> = {
  identical: 'same',
  minimal: 'min',
  conservative: 'cons',
  moderate: 'mod',
  recoordinatised: 'recoord',
};

function legend(kinds: readonly Kind[], top: number, wide: boolean, width: number): string {
  const bounds = kinds.some(({ interval }) => interval)
    ? 'change: median relative change [interval over layers; smallest, largest where layers are few]'
    : 'change: median relative change [smallest, largest]';
  const rank = wide
    ? 'erank: effective rank / what noise of the same size does to it'
    : 'Δ rank: ln effective rank, * beyond noise of the same size';
  return wrapped(
    `${bounds}; █ = ${decimal(top, 2)}; Δα: negative is heavier, (matrices beyond their error, q 0.05); ${rank}.`,
    width,
  ).join('\n');
}

/** Lines of at most `width`, broken at spaces. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = `  ${word}`;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
