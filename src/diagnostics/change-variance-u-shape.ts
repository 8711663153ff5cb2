import { numberOf } from '../base/measured.ts';
import { byKind } from './along-depth.ts';
import { withDepthInterval } from './depth-interval.ts';
import type { ModelDiagnostic, PooledMatrix } from './diagnostic.ts';

/** Whether training changed the ends of the network more than its middle. */
export const changeVarianceUShape: ModelDiagnostic = {
  scope: 'pair-model',
  meta: {
    id: 'change_variance_u_shape',
    title: 'U-shape of the change variance over depth',
    description:
      'Positive where the first and the last layers changed more than the middle, the U of the paper; the value is the logarithm of the ratio of ends to middle when there is no slope. 0.69 is twice the variance at the ends.',
    formula: 'c of ln Var(Δ) = a_kind + b x + c x², x depth from −1 to 1; least squares',
    unit: 'nats',
    direction: 'none',
    source: 'Benchmark Shadows § 4.2.3 in words; the statistic is ours',
    thresholds: [],
  },
  measure: (matrices) => curvature(rowsOf(matrices)),
  parts: (matrices) => Object.fromEntries(byKind(matrices).flatMap(([role, own]) => ofKind(role, own))),
};

interface Row {
  readonly role: string;
  readonly depth: number;
  readonly x: number;
  readonly y: number;
}

/** A curve through fewer layers says nothing. */
const fewestLayers = 4;

function ofKind(role: string, own: readonly PooledMatrix[]): [string, ReturnType<typeof curvature>][] {
  const rows = rowsOf(own);
  return new Set(rows.map(({ depth }) => depth)).size < fewestLayers ? [] : [[role, curvature(rows)]];
}

function rowsOf(matrices: readonly PooledMatrix[]): Row[] {
  const changed = matrices.flatMap(({ role, depth, diagnostics }) => {
    const variance = numberOf(diagnostics.change_variance) ?? 0;
    return depth === null || !(variance > 0) ? [] : [{ role, depth, y: Math.log(variance) }];
  });
  const depths = changed.map(({ depth }) => depth);
  const [first, last] = [Math.min(...depths), Math.max(...depths)];
  return changed.map((row) => ({ ...row, x: last > first ? (2 * (row.depth - first)) / (last - first) - 1 : 0 }));
}

function curvature(rows: readonly Row[]): ReturnType<ModelDiagnostic['measure']> {
  return withDepthInterval(rows, quadraticTerm, {
    code: 'too-few-layers',
    reason: `Changed matrices lie in fewer than ${fewestLayers} layers.`,
  });
}

/** Least-squares c of y = a_role + b x + c x²: means taken out within each role, then two normal equations. */
function quadraticTerm(rows: readonly Row[]): number | undefined {
  if (new Set(rows.map(({ depth }) => depth)).size < fewestLayers) return undefined;
  let [xx, xq, qq, xy, qy] = [0, 0, 0, 0, 0];
  for (const own of Map.groupBy(rows, ({ role }) => role).values()) {
    const mean = (value: (row: Row) => number): number => own.reduce((sum, row) => sum + value(row), 0) / own.length;
    const [mx, mq, my] = [mean(({ x }) => x), mean(({ x }) => x * x), mean(({ y }) => y)];
    for (const { x, y } of own) {
      const [dx, dq, dy] = [x - mx, x * x - mq, y - my];
      xx += dx * dx;
      xq += dx * dq;
      qq += dq * dq;
      xy += dx * dy;
      qy += dq * dy;
    }
  }
  const determinant = xx * qq - xq * xq;
  return determinant > 1e-9 * xx * qq ? (xx * qy - xq * xy) / determinant : undefined;
}
