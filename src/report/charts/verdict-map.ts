import { listed, measuredText, signed } from '../../base/format.ts';
import type { OkMeasured } from '../../base/measured.ts';
import type { Dossier } from '../../dossier/dossier.ts';
import type { ComparisonVerdict, Verdict } from '../../verdict/verdict.ts';
import { type Chart, colour } from './chart.ts';

const [width, height] = [600, 320];
/** Pixels between two labels that would otherwise lie on each other. */
const lineHeight = 16;

/** Asymmetry × restructuring: every comparison as one point with both intervals, over the zones of the verdict table. */
export function verdictMap(verdict: Verdict, dossier: Dossier): Chart | undefined {
  const points = verdict.comparisons.flatMap((comparison) => {
    const [S, D] = [comparison.asymmetry.S, comparison.restructuring.D];
    return S.status === 'ok' && D.status === 'ok' ? [point(comparison, S, D)] : [];
  });
  if (points.length === 0) return undefined;
  const [limited, deep] = [dossier.constants.D_limited as number, dossier.constants.D_deep as number];
  const low = Math.min(-10, ...points.map((entry) => entry.low));
  const high = Math.max(10, ...points.map((entry) => entry.high)) * 1.12;
  const zones = [
    { from: 0, to: limited, label: 'limited', at: limited / 4 },
    { from: limited, to: deep, label: 'partial: no firm call', at: (limited + deep) / 2.1 },
    { from: deep, to: 1, label: 'deep', at: 0.64 },
  ];
  const x = {
    type: 'quantitative' as const,
    scale: { type: 'sqrt' as const, domain: [0, 1] },
    title: 'Restructuring: depth score D̄ (0 = as the base, 1 = unrelated)',
    axis: { values: [0, 0.02, limited, 0.2, deep, 0.6, 1], format: '.2~f', grid: false },
  };
  const y = {
    type: 'quantitative' as const,
    scale: { domain: [low, high], nice: false },
    title: 'Shadow contrast S (κ-points)',
    axis: { tickCount: 6 },
  };
  return {
    id: 'map',
    title: 'Asymmetry and restructuring',
    caption: caption(verdict.comparisons, points),
    spec: {
      width,
      height,
      layer: [
        {
          data: { values: zones },
          mark: { type: 'rect', opacity: 1 },
          encoding: {
            x: { ...x, field: 'from' },
            x2: { field: 'to' },
            fill: {
              field: 'label',
              scale: { domain: zones.map((zone) => zone.label), range: ['var(--zone)', 'transparent', 'var(--zone)'] },
              legend: null,
            },
          },
        },
        {
          data: { values: zones },
          mark: { type: 'text', baseline: 'top', color: colour.muted, fontSize: 12 },
          encoding: { x: { ...x, field: 'at' }, y: { value: 6 }, text: { field: 'label' } },
        },
        {
          data: { values: [{}] },
          mark: { type: 'rule', strokeDash: [4, 3], color: colour.muted },
          encoding: { y: { ...y, datum: 0 } },
        },
        {
          data: { values: points },
          mark: { type: 'rule', strokeWidth: 1.5, color: colour.ink },
          encoding: { x: { ...x, field: 'left' }, x2: { field: 'right' }, y: { ...y, field: 'S' } },
        },
        {
          data: { values: points },
          mark: { type: 'rule', strokeWidth: 1.5, color: colour.ink },
          encoding: { x: { ...x, field: 'D' }, y: { ...y, field: 'low' }, y2: { field: 'high' } },
        },
        {
          data: { values: points },
          mark: { type: 'point', filled: true, size: 110, opacity: 1 },
          encoding: {
            x: { ...x, field: 'D' },
            y: { ...y, field: 'S' },
            shape: { field: 'shape', scale: null, legend: null },
            color: { field: 'colour', scale: null, legend: null },
          },
        },
        ...(['left', 'right'] as const).map((align) => ({
          data: { values: placed(points, low, high).filter((label) => label.align === align) },
          mark: { type: 'text', align, fontWeight: 600, fontSize: 12.5 },
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
  };
}

interface MapPoint {
  readonly id: string;
  readonly S: number;
  readonly low: number;
  readonly high: number;
  readonly D: number;
  readonly left: number;
  readonly right: number;
  readonly shape: string;
  readonly colour: string;
}

function point({ checkpoint, verdict }: ComparisonVerdict, S: OkMeasured, D: OkMeasured): MapPoint {
  const shadow = verdict === 'benchmark-shadow';
  return {
    id: checkpoint.length > 28 ? `${checkpoint.slice(0, 27)}…` : checkpoint,
    S: S.value,
    low: S.interval?.low ?? S.value,
    high: S.interval?.high ?? S.value,
    D: D.value,
    left: Math.max(0, D.interval?.low ?? D.value),
    right: D.interval?.high ?? D.value,
    shape: shadow ? 'triangle-up' : verdict.startsWith('broad') ? 'circle' : 'square',
    colour: shadow ? 'var(--alert)' : verdict.startsWith('broad') ? 'var(--good)' : colour.other,
  };
}

/** Label positions in pixels, beside their point, pushed down where two would overlap. */
function placed(
  points: readonly MapPoint[],
  low: number,
  high: number,
): { id: string; labelX: number; labelY: number; align: string }[] {
  const labels = points
    .map((entry) => ({
      id: entry.id,
      x: width * Math.sqrt(entry.D),
      y: height * (1 - (entry.S - low) / (high - low)) - 11,
    }))
    .sort((a, b) => a.y - b.y);
  for (const [index, label] of labels.entries()) {
    for (const earlier of labels.slice(0, index)) {
      if (Math.abs(label.x - earlier.x) < 90 && label.y - earlier.y < lineHeight) label.y = earlier.y + lineHeight;
    }
  }
  return labels.map(({ id, x, y }) =>
    x > width * 0.8
      ? { id, labelX: x - 9, labelY: y, align: 'right' }
      : { id, labelX: x + 9, labelY: y, align: 'left' },
  );
}

function caption(comparisons: readonly ComparisonVerdict[], drawn: readonly unknown[]): string {
  const absent = comparisons.length - drawn.length;
  const shadows = comparisons.filter((entry) => entry.verdict === 'benchmark-shadow').map((entry) => entry.checkpoint);
  const broad = comparisons.filter((entry) => entry.verdict.startsWith('broad')).map((entry) => entry.checkpoint);
  const sentences = [
    ...(shadows.length > 0
      ? [`${listed(shadows)} gained in the targeted families only while staying close to the base (upper left).`]
      : ['No comparison lies in the shadow corner (upper left).']),
    ...(broad.length > 0 ? [`The gain of ${listed(broad)} is broad.`] : []),
    ...(absent > 0
      ? [`${absent} of ${comparisons.length} comparisons lack one of the two numbers and are not drawn.`]
      : []),
    'Bars are 95 % intervals.',
  ];
  return sentences.join(' ');
}
