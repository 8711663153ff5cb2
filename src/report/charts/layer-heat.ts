import { mean } from 'simple-statistics';
import { decimal, listed, measuredText } from '../../base/format.ts';
import { numberOf } from '../../base/measured.ts';
import type { MatrixDiagnosis } from '../../diagnostics/diagnosis.ts';
import { type Chart, colour } from './chart.ts';

const regimes = ['identical', 'minimal', 'conservative', 'moderate', 'deep'] as const;
const order = ['q', 'k', 'v', 'o', 'qkv', 'kv', 'gate', 'up', 'gate_up', 'down'];
/** More layers than this leave no room for a number in a cell. */
const numbered = 16;

/** Relative change of every pooled matrix, layer by module kind: where in the network things changed. */
export function layerHeat(comparison: string, matrices: readonly MatrixDiagnosis[]): Chart | undefined {
  const group = mainGroup(matrices);
  const cells = averaged(
    matrices.flatMap((matrix) => {
      const change = numberOf(matrix.diagnostics.relative_change);
      return matrix.pooled && matrix.group === group && matrix.depth !== null && change !== undefined
        ? [
            {
              depth: matrix.depth,
              role: matrix.role,
              change,
              regime: matrix.labels.modification_regime ?? 'minimal',
              text: decimal(change, 2),
            },
          ]
        : [];
    }),
  );
  if (cells.length === 0) return undefined;
  const depths = [...new Set(cells.map((cell) => cell.depth))];
  const roles = order.filter((role) => cells.some((cell) => cell.role === role));
  const step = Math.max(14, Math.min(46, Math.floor(620 / depths.length)));
  const place = {
    x: {
      field: 'depth',
      type: 'ordinal' as const,
      title: 'Layer',
      axis: { labelAngle: 0, ticks: false, domain: false },
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
      height: { step: 26 },
      data: { values: cells },
      layer: [
        {
          mark: { type: 'rect', stroke: colour.paper, strokeWidth: 2 },
          encoding: {
            ...place,
            fill: {
              field: 'regime',
              type: 'ordinal',
              scale: { domain: [...regimes], range: regimes.map((_, index) => `var(--heat-${index})`) },
              legend: { title: null, symbolType: 'square', symbolStrokeWidth: 0.5, symbolStrokeColor: colour.line },
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
      head: ['Matrix', 'Relative change', 'Correlation', 'Δ ln effective rank', 'Regime'],
      rows: matrices
        .filter((matrix) => matrix.pooled)
        .map((matrix) => [
          matrix.name,
          text(matrix, 'relative_change', 3),
          text(matrix, 'weight_correlation', 4),
          text(matrix, 'delta_log_effective_rank', 3),
          matrix.labels.modification_regime ?? '—',
        ]),
    },
  };
}

/** The decoder, or the largest other group where there is none; another tower has its own depths. */
function mainGroup(matrices: readonly MatrixDiagnosis[]): string {
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
    return { ...first, change, text: decimal(change, 2), regime: worst };
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

function text(matrix: MatrixDiagnosis, key: string, digits: number): string {
  const measured = matrix.diagnostics[key];
  return measured ? measuredText(measured, digits) : '—';
}
