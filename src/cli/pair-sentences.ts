import { median } from 'simple-statistics';
import { defaultConstants } from '../base/constants.ts';
import { decimal, listed, measuredText, signed } from '../base/format.ts';
import { type Measured, numberOf } from '../base/measured.ts';
import { kindRuns } from '../diagnostics/kind-runs.ts';
import { regimes } from '../diagnostics/modification-regime.ts';
import type { PathDiagnosis } from '../pipeline/diagnose-path.ts';

type Pair = NonNullable<PathDiagnosis['pair']>;
type Row = Pair['matrices'][number];

/** Three to seven plain sentences: how much moved and where, how sure, and what could not be compared. */
export function pairSentences({ matrices, model, unpaired = [] }: Pair): string[] {
  const pooled = matrices.filter((matrix) => matrix.pooled && !matrix.error);
  if (pooled.length === 0) return ['No weight matrix of a block could be compared.', ...missing(matrices, unpaired)];
  return [
    moved(pooled),
    ...size(model),
    ...geometry(model),
    ...alpha(model),
    ...directions(pooled),
    ...coordinates(pooled),
    ...missing(matrices, unpaired),
  ];
}

function moved(pooled: readonly Row[]): string {
  const counts = regimes.flatMap((regime) => {
    const count = pooled.filter(({ labels }) => labels.modification_regime === regime).length;
    return count > 0 ? [`${count} ${regime}`] : [];
  });
  const far = pooled.filter(({ diagnostics }) => change(diagnostics) >= defaultConstants.regime_conservative);
  const head = `${pooled.length} weight matrices compared, ${far.length} moved by 5 % or more: ${counts.join(', ')}`;
  const most = pooled.toSorted((a, b) => change(b.diagnostics) - change(a.diagnostics)).slice(0, 5);
  return change(most[0]?.diagnostics ?? {}) < defaultConstants.storage_noise
    ? `${head}; nothing beyond rounding to bfloat16.`
    : `${head}; most in ${kindRuns(most.toSorted((a, b) => (a.depth ?? 0) - (b.depth ?? 0)))}.`;
}

function size(model: Pair['model']): string[] {
  const { median_relative_change: m, mean_weight_correlation: r, change_variance_u_shape: shape } = model;
  if (m?.status !== 'ok') return [];
  const bend = shape?.status === 'ok' && shape.interval && shape.interval.low > 0;
  return [
    `Half of them moved by ${bounded(m, 3)} of their size or more, mean r ${bounded(r, 3)}${
      bend ? '; the first and the last layers changed more than the middle' : ''
    }.`,
  ];
}

function geometry({ inert_share: inert }: Pair['model']): string[] {
  if (inert?.status === 'skipped' && inert.code === 'not-requested') return [];
  if (inert?.status !== 'ok') return ['Geometry: no matrix moved enough to judge it.'];
  const { k = 0, n = 0, note } = inert;
  const rest = n - k;
  return [
    rest === 0
      ? `Geometry: in all ${n} that moved, effective rank stayed where noise of the same size would leave it.`
      : `Geometry: effective rank moved beyond noise of the same size in ${k === 0 ? `all ${n} that moved` : `${rest} of ${n} that moved (${(note ?? '').replace('geometry moved in ', '')})`}.`,
  ];
}

function alpha(model: Pair['model']): string[] {
  const {
    alpha_moved_share: share,
    'alpha_moved_share:heavier': heavier,
    'alpha_moved_share:lighter': lighter,
  } = model;
  if (share?.status === 'skipped' && share.code === 'not-requested') return [];
  if (share?.status !== 'ok') return ['α: no matrix has a fit on both sides.'];
  const { k = 0, n = 0, note } = share;
  const ways = [
    ...(count(heavier) > 0 ? [`${count(heavier)} to heavier tails`] : []),
    ...(count(lighter) > 0 ? [`${count(lighter)} to lighter`] : []),
  ];
  const shift = `α changed by ${bounded(model.median_delta_alpha, 2, signed)} (median)`;
  return [
    k === 0
      ? `${shift}, beyond its error in none of ${n} (q 0.05).`
      : `${shift}, beyond its error in ${k} of ${n} (q 0.05), ${listed(ways)}: ${note}.`,
  ];
}

/** Said where the costly facts were asked for. */
function directions(pooled: readonly Row[]): string[] {
  const kept = pooled.flatMap(({ diagnostics, shape }) => {
    const overlap = numberOf(diagnostics.subspace_overlap_16);
    return overlap === undefined ? [] : [{ overlap, chance: 16 / Math.min(...shape) }];
  });
  const spread = pooled.flatMap(({ diagnostics }) => numberOf(diagnostics.effective_rank_of_delta) ?? []);
  return [
    ...(kept.length > 0
      ? [
          `The 16 leading directions overlap with those of the base by ${decimal(median(kept.map(({ overlap }) => overlap)), 2)} (median; unrelated ones by ${decimal(median(kept.map(({ chance }) => chance)), 2)}).`,
        ]
      : []),
    ...(spread.length > 0
      ? [`The change itself has an effective rank of ${decimal(median(spread), 0)} (median).`]
      : []),
  ];
}

function coordinates(pooled: readonly Row[]): string[] {
  const same = pooled.filter(({ labels }) => labels.coordinates === 'recoordinatised');
  const deep = pooled.filter(({ labels }) => labels.modification_regime === 'deep');
  const [first] = deep.map(({ diagnostics }) => diagnostics.aligned_correlation);
  const searched = first?.status !== 'ok' || !first.note?.startsWith('other coordinates were not looked for');
  return [
    ...(same.length > 0
      ? [`Only in other coordinates, not rewritten: ${kindRuns(same)} (aligned correlation at least 0.9).`]
      : []),
    ...(deep.length > 0
      ? [
          `${deep.length} rewritten, or unrelated from the start (${kindRuns(deep)}): ${searched ? 'no other coordinates match them' : 'other coordinates were not looked for'}. Confirm that the base is the real ancestor.`,
        ]
      : []),
  ];
}

function missing(matrices: readonly Row[], unpaired: NonNullable<Pair['unpaired']>): string[] {
  const failed = matrices.filter(({ error }) => error);
  const reasons = [...Map.groupBy(unpaired, ({ reason }) => reason)].map(
    ([reason, own]) =>
      `${own.length} ${reason.replace(/\.$/, '').replace(/^[A-Z]/, (letter) => letter.toLowerCase())} (${examples(own)})`,
  );
  const parts = [...reasons, ...(failed.length > 0 ? [`${failed.length} unreadable (${examples(failed)})`] : [])];
  return parts.length > 0 ? [`Not compared: ${parts.slice(0, 4).join('; ')}${parts.length > 4 ? '; …' : ''}.`] : [];
}

function examples(own: readonly { readonly name: string }[]): string {
  return own.length === 1 ? (own[0]?.name ?? '') : `${own[0]?.name}, …`;
}

function change(diagnostics: Readonly<Record<string, Measured>>): number {
  return numberOf(diagnostics.relative_change) ?? 0;
}

function count(measured: Measured | undefined): number {
  return measured?.status === 'ok' ? (measured.k ?? 0) : 0;
}

function bounded(
  measured: Measured | undefined,
  digits: number,
  number: (value: number, digits: number) => string = decimal,
): string {
  return measured?.status === 'ok' ? measuredText(measured, digits, number) : '—';
}
