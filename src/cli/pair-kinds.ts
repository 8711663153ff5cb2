import { median } from 'simple-statistics';
import { depthRuns } from '../base/depth-runs.ts';
import { decimal, signed } from '../base/format.ts';
import { numberOf } from '../base/measured.ts';
import { groups } from '../checkpoint/checkpoint.ts';
import { alphaShifts } from '../diagnostics/alpha-shifts.ts';
import { withDepthInterval } from '../diagnostics/depth-interval.ts';
import { attentionRoles, mlpRoles } from '../diagnostics/module-sides.ts';
import type { PathDiagnosis } from '../pipeline/diagnose-path.ts';

export type PairRow = NonNullable<PathDiagnosis['pair']>['matrices'][number];

/** One module kind as the pair view prints it. */
export interface Kind {
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
  /** What happened in which layers, the longest wording first. */
  readonly regimes: readonly string[];
}

/** Matrices of a pair -> module kinds, weight matrices of blocks first, in the order in which a block uses them. */
export function kindsOf(matrices: readonly PairRow[]): Kind[] {
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
      return {
        name: key.slice(2),
        rows,
        ...changeOf(rows),
        ...alphaOf(rows, own),
        ...rankOf(rows),
        ...placed(rows),
        ...regimesOf(rows),
      };
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

/** The regimes of a kind by layer as texts, from `conservative 0–11; deep 12–18` over short names to counts. */
function regimesOf(rows: readonly PairRow[]): Pick<Kind, 'regimes'> {
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
  return {
    regimes: [
      parts.map(({ regime, runs }) => `${regime} ${runs.join(', ')}`.trim()).join('; '),
      parts.map(({ short, runs }) => `${short} ${runs.join(',')}`.trim()).join(' '),
      counted.map(({ short, count }) => `${count} ${short}`).join(', '),
    ].map((form) => (failed > 0 ? `${form} (${failed} failed)`.trim() : form)),
  };
}

const shortRegimes: Readonly<Record<string, string>> = {
  identical: 'same',
  minimal: 'min',
  conservative: 'cons',
  moderate: 'mod',
  recoordinatised: 'recoord',
};
