import { decimal } from '../../base/format.ts';
import { numberOf } from '../../base/measured.ts';
import type { MatrixDiagnosis } from '../../diagnostics/diagnosis.ts';
import { type Chart, colour } from './chart.ts';
import { mainGroup } from './layer-heat.ts';

/** Halves of a block that are drawn as two lines. */
const sides = {
  attention: { roles: ['q', 'k', 'v', 'o', 'qkv', 'kv'], colour: colour.coverage, dash: [1, 0] },
  MLP: { roles: ['gate', 'up', 'down', 'gate_up'], colour: colour.targeted, dash: [6, 3] },
} as const;
type Side = keyof typeof sides;

/** One layer's half: the median relative change of its matrices, with the smallest and the largest. */
interface Place {
  readonly depth: number;
  readonly side: Side;
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** How far weights moved over depth, attention and MLP apart; undefined where no layer was compared, or only one. */
export function depthProfile(comparison: string, matrices: readonly MatrixDiagnosis[]): Chart | undefined {
  const places = placesOf(matrices);
  const depths = [...new Set(places.map(({ depth }) => depth))].sort((a, b) => a - b);
  if (depths.length < 2) return undefined;
  const present = (Object.keys(sides) as Side[]).filter((side) => places.some((place) => place.side === side));
  const at = new Map(places.map((place) => [`${place.depth}/${place.side}`, place]));
  const x = {
    field: 'depth',
    type: 'quantitative' as const,
    title: 'Layer',
    scale: { domain: [depths[0], depths.at(-1)], nice: false },
    axis: { grid: false, format: 'd', tickMinStep: 1 },
  };
  const y = { type: 'quantitative' as const, title: 'Relative change', axis: { tickCount: 4 }, scale: { zero: true } };
  const hue = {
    field: 'side',
    type: 'nominal' as const,
    scale: { domain: present, range: present.map((side) => sides[side].colour) },
  };
  return {
    id: `profile-${comparison}`,
    title: 'Change over depth',
    caption: caption(places, depths),
    spec: {
      width: 620,
      height: 130,
      data: { values: places },
      layer: [
        {
          mark: { type: 'area', opacity: 0.16 },
          encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color: { ...hue, legend: null } },
        },
        {
          mark: { type: 'line', strokeWidth: 2.5 },
          encoding: {
            x,
            y: { ...y, field: 'median' },
            color: hue,
            strokeDash: {
              field: 'side',
              type: 'nominal',
              scale: { domain: present, range: present.map((side) => sides[side].dash) },
            },
          },
        },
      ],
    } as Chart['spec'],
    table: {
      head: ['Layer', ...present.map((side) => `${side}: median (smallest to largest)`)],
      rows: depths.map((depth) => [
        String(depth),
        ...present.map((side) => {
          const place = at.get(`${depth}/${side}`);
          return place ? `${decimal(place.median, 3)} (${decimal(place.low, 3)} to ${decimal(place.high, 3)})` : '—';
        }),
      ]),
    },
    csv: {
      head: ['layer', ...present.flatMap((side) => ['median', 'smallest', 'largest'].map((what) => `${side}_${what}`))],
      rows: depths.map((depth) => [
        depth,
        ...present.flatMap((side) => {
          const place = at.get(`${depth}/${side}`);
          return place
            ? [place.median, place.low, place.high].map((value) => Number(value.toPrecision(3)))
            : [null, null, null];
        }),
      ]),
    },
  };
}

function placesOf(matrices: readonly MatrixDiagnosis[]): Place[] {
  const group = mainGroup(matrices);
  const changes = new Map<string, { depth: number; side: Side; values: number[] }>();
  for (const { pooled, group: own, depth, role, diagnostics } of matrices) {
    const change = numberOf(diagnostics.relative_change);
    const side = (Object.keys(sides) as Side[]).find((name) => (sides[name].roles as readonly string[]).includes(role));
    if (!pooled || own !== group || depth === null || change === undefined || side === undefined) continue;
    const key = `${depth}/${side}`;
    const known = changes.get(key) ?? { depth, side, values: [] };
    known.values.push(change);
    changes.set(key, known);
  }
  return [...changes.values()]
    .map(({ depth, side, values }) => ({
      depth,
      side,
      median: middle(values),
      low: Math.min(...values),
      high: Math.max(...values),
    }))
    .sort((a, b) => a.depth - b.depth || a.side.localeCompare(b.side));
}

function caption(places: readonly Place[], depths: readonly number[]): string {
  const largest = [...places].sort((a, b) => b.median - a.median)[0] as Place;
  const third = Math.ceil(depths.length / 3);
  const over = (from: number, to: number): string =>
    decimal(
      middle(places.filter(({ depth }) => depths.slice(from, to).includes(depth)).map(({ median }) => median)),
      2,
    );
  const bySide = (Object.keys(sides) as Side[])
    .map((side) => ({ side, values: places.filter((place) => place.side === side).map(({ median }) => median) }))
    .filter(({ values }) => values.length > 0)
    .map(({ side, values }) => `${side} ${decimal(middle(values), 2)}`);
  return `Weights moved most in the ${largest.side} of layer ${largest.depth} (${decimal(largest.median, 2)}); median ${bySide.join(', ')}; ${over(0, third)} in the first third of the layers, ${over(depths.length - third, depths.length)} in the last. Lines are medians of relative change, bands the smallest to the largest matrix of a layer.`;
}

/** Median; the mean of the two middle values where their number is even. */
function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? 0;
  return sorted.length % 2 === 1
    ? at((sorted.length - 1) / 2)
    : (at(sorted.length / 2 - 1) + at(sorted.length / 2)) / 2;
}
