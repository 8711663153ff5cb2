import { mean } from 'simple-statistics';
import { decimal, listed } from '../../base/format.ts';
import { numberOf } from '../../base/measured.ts';
import type { MatrixDiagnosis } from '../../diagnostics/diagnosis.ts';
import { type Chart, colour } from './chart.ts';

const regimes = ['identical', 'minimal', 'conservative', 'moderate', 'deep'] as const;
/** Kinds of weights in the order of the forward pass. */
export const order = ['q', 'k', 'v', 'o', 'qkv', 'kv', 'gate', 'up', 'gate_up', 'down'];
/** More layers than this leave no room for a number in a cell. */
const numbered = 16;
/** Pixels of a row. */
const rowHeight = 26;

/** Relative change of every pooled matrix, layer by module kind: where in the network things changed. */
export function layerHeat(comparison: string, matrices: readonly MatrixDiagnosis[]): Chart | undefined {
  const group = mainGroup(matrices);
  const own = matrices.filter((matrix) => matrix.pooled && matrix.group === group && matrix.depth !== null);
  const cells = averaged(
    own.flatMap((matrix) => {
      const change = numberOf(matrix.diagnostics.relative_change);
      return matrix.depth !== null && change !== undefined
        ? [
            {
              depth: matrix.depth,
              role: matrix.role,
              change,
              regime: matrix.labels.modification_regime ?? 'minimal',
              text: decimal(change, 2),
              shown: decimal(change, 3),
            },
          ]
        : [];
    }),
  );
  if (cells.length === 0) return undefined;
  const depths = [...new Set(cells.map((cell) => cell.depth))].sort((a, b) => a - b);
  const at = new Map(cells.map((cell) => [`${cell.depth}/${cell.role}`, cell]));
  const roles = order.filter((role) => cells.some((cell) => cell.role === role));
  const step = Math.max(14, Math.min(46, Math.floor(620 / depths.length)));
  const place = {
    x: {
      field: 'depth',
      type: 'ordinal' as const,
      title: 'Layer',
      axis: {
        labelAngle: 0,
        ticks: false,
        domain: false,
        ...(depths.length > numbered ? { values: depths.filter((_, index) => index % 4 === 0) } : {}),
      },
    },
    y: {
      field: 'role',
      type: 'nominal' as const,
      sort: roles,
      title: null,
      axis: { ticks: false, domain: false, labelColor: colour.ink },
    },
  };
  const strong = { test: "datum.regime === 'deep'", value: colour.paper };
  return {
    id: `layers-${comparison}`,
    title: 'Where in the network weights changed',
    caption: caption(cells),
    spec: {
      width: { step },
      height: { step: rowHeight },
      data: { values: cells },
      layer: [
        {
          // Thick rules: half the bytes of rectangles.
          mark: { type: 'rule', strokeWidth: rowHeight - 2 },
          encoding: {
            x: { ...place.x, bandPosition: 0.5 / step },
            x2: { field: 'depth', bandPosition: 1 - 1 / step },
            y: place.y,
            color: {
              field: 'regime',
              type: 'ordinal',
              scale: { domain: [...regimes], range: regimes.map((_, index) => `var(--heat-${index})`) },
              legend: { title: null, symbolType: 'square', symbolSize: 4, symbolStrokeWidth: 11 },
            },
          },
        },
        ...(depths.length <= numbered
          ? [
              {
                mark: { type: 'text', fontSize: 11 },
                encoding: { ...place, text: { field: 'text' }, color: { condition: strong, value: colour.ink } },
              },
            ]
          : []),
      ],
    } as Chart['spec'],
    table: {
      head: ['Layer', ...roles],
      rows: depths.map((depth) => [String(depth), ...roles.map((role) => at.get(`${depth}/${role}`)?.shown ?? '—')]),
    },
    csv: {
      head: ['layer', ...roles],
      rows: depths.map((depth) => [
        depth,
        ...roles.map((role) => {
          const change = at.get(`${depth}/${role}`)?.change;
          return change === undefined ? null : Number(change.toPrecision(3));
        }),
      ]),
    },
  };
}

/** The decoder, or the largest other group where there is none; another tower has its own depths. */
export function mainGroup(matrices: readonly MatrixDiagnosis[]): string {
  const groups = matrices.filter((matrix) => matrix.pooled).map((matrix) => matrix.group as string);
  if (groups.includes('decoder')) return 'decoder';
  const count = (name: string): number => groups.filter((group) => group === name).length;
  return [...new Set(groups)].sort((a, b) => count(b) - count(a))[0] ?? 'decoder';
}

interface Cell {
  readonly depth: number;
  readonly role: string;
  readonly change: number;
  readonly regime: string;
  readonly text: string;
  readonly shown: string;
}

/** One cell a place: matrices that share layer and kind (experts) are averaged. */
function averaged(cells: readonly Cell[]): Cell[] {
  const places = new Map<string, Cell[]>();
  for (const cell of cells)
    places.set(`${cell.depth}/${cell.role}`, [...(places.get(`${cell.depth}/${cell.role}`) ?? []), cell]);
  return [...places.values()].map((shared) => {
    const [first] = shared as [Cell, ...Cell[]];
    if (shared.length === 1) return first;
    const change = mean(shared.map((cell) => cell.change));
    const worst = regimes.findLast((regime) => shared.some((cell) => cell.regime === regime)) ?? first.regime;
    return { ...first, change, text: decimal(change, 2), shown: decimal(change, 3), regime: worst };
  });
}

function caption(cells: readonly { role: string; depth: number; change: number }[]): string {
  const largest = [...cells].sort((a, b) => b.change - a.change)[0];
  const changes = cells.map((cell) => cell.change).sort((a, b) => a - b);
  const middle = changes[Math.floor(changes.length / 2)] ?? 0;
  const means = [...new Set(cells.map((cell) => cell.role))].map((role) => ({
    role,
    mean: mean(cells.filter((cell) => cell.role === role).map((cell) => cell.change)),
  }));
  const top = means.sort((a, b) => b.mean - a.mean).slice(0, 2);
  return `Relative change ‖W − W₀‖/‖W₀‖: half of the ${cells.length} matrices moved by less than ${decimal(middle, 2)}; most in ${listed(top.map((entry) => entry.role))}; the largest is ${largest?.role} of layer ${largest?.depth} (${decimal(largest?.change ?? 0, 2)}). Shading is the regime.`;
}
