import { listed, measuredText, signed } from '../../base/format.ts';
import type { OkMeasured } from '../../base/measured.ts';
import type { Dossier } from '../../dossier/dossier.ts';
import type { ComparisonVerdict, Verdict } from '../../verdict/verdict.ts';
import { type Chart, colour } from './chart.ts';
import { threeNumbers, threeOf } from './csv-columns.ts';
import { type MapPoint, placedLabels } from './map-labels.ts';

const [width, height] = [620, 330];
/** More points than this carry the number of their row in the overview instead of a name. */
const mostNames = 12;

/** Asymmetry × restructuring: every comparison as one point with both intervals, over the zones of the verdict table. */
export function verdictMap(verdict: Verdict, dossier: Dossier): Chart | undefined {
  const named = verdict.comparisons.length <= mostNames;
  const points = verdict.comparisons.flatMap((comparison, index) => {
    const [S, D] = [comparison.asymmetry.S, comparison.restructuring.D];
    return S.status === 'ok' && D.status === 'ok'
      ? [point(comparison, S, D, named ? comparison.checkpoint : String(index + 1))]
      : [];
  });
  if (points.length === 0) return undefined;
  const [limited, deep, margin] = [
    dossier.constants.D_limited,
    dossier.constants.D_deep,
    dossier.constants.contrast_margin,
  ].map(Number) as [number, number, number];
  const low = Math.min(-10, ...points.map((entry) => entry.low));
  const high = Math.max(3 * margin, ...points.map((entry) => entry.high)) * 1.14;
  const x = {
    type: 'quantitative' as const,
    scale: { type: 'sqrt' as const, domain: [0, 1] },
    title: 'Weights moved: depth score D̄ (0 = as the base, 1 = unrelated)',
    axis: { values: [0, 0.02, limited, 0.2, deep, 0.6, 1], format: '.2~f', grid: false },
  };
  const y = {
    type: 'quantitative' as const,
    scale: { domain: [low, high], nice: false },
    title: 'Targeted − coverage: S (κ-points)',
    axis: { tickCount: 6, grid: false },
  };
  return {
    id: 'map',
    title: 'Asymmetry and restructuring',
    caption: caption(verdict.comparisons, points, named),
    spec: {
      width,
      height,
      layer: [
        {
          data: { values: zonesOf(limited, deep, margin, low, high) },
          mark: { type: 'rect' },
          encoding: {
            x: { ...x, field: 'from' },
            x2: { field: 'to' },
            y: { ...y, field: 'bottom' },
            y2: { field: 'top' },
            fill: { field: 'fill', scale: null },
          },
        },
        {
          data: { values: zonesOf(limited, deep, margin, low, high) },
          mark: { type: 'text', baseline: 'middle', color: colour.muted, fontSize: 12 },
          encoding: { x: { ...x, field: 'at' }, y: { ...y, field: 'labelAt' }, text: { field: 'label' } },
        },
        {
          data: { values: [{ at: 0 }] },
          mark: { type: 'rule', strokeDash: [4, 3], color: colour.muted },
          encoding: { y: { ...y, field: 'at' } },
        },
        {
          data: { values: points },
          mark: { type: 'rule', strokeWidth: 1.5, color: colour.ink, opacity: named ? 1 : 0.45 },
          encoding: { x: { ...x, field: 'left' }, x2: { field: 'right' }, y: { ...y, field: 'S' } },
        },
        {
          data: { values: points },
          mark: { type: 'rule', strokeWidth: 1.5, color: colour.ink, opacity: named ? 1 : 0.45 },
          encoding: { x: { ...x, field: 'D' }, y: { ...y, field: 'low' }, y2: { field: 'high' } },
        },
        {
          data: { values: points },
          mark: { type: 'point', size: named ? 110 : 70, strokeWidth: 2, opacity: 1 },
          encoding: {
            x: { ...x, field: 'D' },
            y: { ...y, field: 'S' },
            shape: { field: 'shape', scale: null, legend: null },
            fill: { field: 'fill', scale: null, legend: null },
            stroke: { field: 'colour', scale: null, legend: null },
          },
        },
        ...(['left', 'right'] as const).map((align) => ({
          data: {
            values: placedLabels(points, { width, height, low, high, named }).filter((label) => label.align === align),
          },
          mark: { type: 'text', align, fontWeight: 600, fontSize: named ? 12.5 : 11 },
          encoding: {
            x: { field: 'labelX', type: 'quantitative', scale: null },
            y: { field: 'labelY', type: 'quantitative', scale: null },
            text: { field: 'id' },
          },
        })),
      ],
      resolve: { scale: { x: 'shared', y: 'shared' } },
    } as Chart['spec'],
    table: {
      head: ['Comparison', 'Verdict', 'Contrast S, κ-points', 'Depth score D̄'],
      rows: verdict.comparisons.map((entry) => [
        `${entry.checkpoint} against ${entry.base}`,
        entry.title,
        measuredText(entry.asymmetry.S, 1, signed),
        measuredText(entry.restructuring.D, 3),
      ]),
    },
    csv: {
      head: ['checkpoint', 'base', 'verdict', 'confidence', ...threeOf('S'), ...threeOf('D')],
      rows: verdict.comparisons.map((entry) => [
        entry.checkpoint,
        entry.base,
        entry.verdict,
        entry.confidence,
        ...threeNumbers(entry.asymmetry.S),
        ...threeNumbers(entry.restructuring.D),
      ]),
    },
  };
}

/** The cells of the verdict table that a point can lie in: above the margin by restructuring, and all below it. */
function zonesOf(
  limited: number,
  deep: number,
  margin: number,
  low: number,
  high: number,
): {
  from: number;
  to: number;
  bottom: number;
  top: number;
  at: number;
  labelAt: number;
  label: string;
  fill: string;
}[] {
  const line = (12 / height) * (high - low);
  const above = { bottom: margin, top: high, labelAt: high - line };
  const below = { bottom: low, top: margin, labelAt: low + line };
  return [
    { from: 0, to: limited, ...above, at: limited / 4, label: 'shadow corner', fill: 'var(--alert-soft)' },
    {
      from: limited,
      to: deep,
      ...above,
      at: (limited + deep) / 2.1,
      label: 'partly rewritten: open',
      fill: 'var(--abstain)',
    },
    { from: deep, to: 1, ...above, at: 0.64, label: 'specialised rebuild', fill: 'var(--zone)' },
    { from: 0, to: 1, ...below, at: limited / 4, label: 'not concentrated', fill: 'transparent' },
  ];
}

/** As drawn beside the verdict's words. */
const shapes: Readonly<Record<string, string>> = {
  'benchmark-shadow': 'triangle-up',
  'specialised-rebuild': 'diamond',
  regression: 'triangle-down',
};

function point(
  { checkpoint, verdict, confidence }: ComparisonVerdict,
  S: OkMeasured,
  D: OkMeasured,
  label: string,
): MapPoint {
  const shadow = verdict === 'benchmark-shadow';
  const hue = shadow ? 'var(--alert)' : verdict.startsWith('broad') ? 'var(--good)' : colour.other;
  const characters = [...label];
  return {
    id: characters.length > 28 ? `${characters.slice(0, 27).join('')}…` : label,
    checkpoint,
    S: S.value,
    low: S.interval?.low ?? S.value,
    high: S.interval?.high ?? S.value,
    D: Math.min(1, Math.max(0, D.value)),
    left: Math.max(0, D.interval?.low ?? D.value),
    right: Math.min(1, D.interval?.high ?? D.value),
    shape: shapes[verdict] ?? (verdict.startsWith('broad') ? 'circle' : 'square'),
    colour: hue,
    fill: confidence === 'none' ? colour.paper : hue,
  };
}

function caption(comparisons: readonly ComparisonVerdict[], drawn: readonly unknown[], named: boolean): string {
  const absent = comparisons.length - drawn.length;
  const names = (wanted: (entry: ComparisonVerdict) => boolean): string => {
    const found = comparisons.filter(wanted).map((entry) => entry.checkpoint);
    return found.length > 4 ? `${found.length} of ${comparisons.length} comparisons` : listed(found);
  };
  const shadow = (entry: ComparisonVerdict): boolean => entry.verdict === 'benchmark-shadow';
  const broad = (entry: ComparisonVerdict): boolean => entry.verdict.startsWith('broad');
  const open = comparisons.some((entry) => entry.confidence === 'none');
  const sentences = [
    ...(comparisons.some(shadow)
      ? [`${names(shadow)} gained in the targeted families only while staying close to the base (upper left).`]
      : ['No comparison lies in the shadow corner (upper left).']),
    ...(comparisons.some(broad) ? [`The gain of ${names(broad)} is broad.`] : []),
    ...(absent > 0
      ? [`${absent} of ${comparisons.length} comparisons lack one of the two numbers and are not drawn.`]
      : []),
    ...(open ? ['Hollow marks: no firm verdict.'] : []),
    ...(named ? [] : ['Numbers are the rows of the overview table.']),
    'Higher: the gain is more concentrated in what was trained for. Further right: the weights are more rewritten (stretched near 0). Bars are 95 % intervals. A verdict also needs its tests, so a point may lie in a zone whose name it does not bear.',
  ];
  return sentences.join(' ');
}
