import { median } from 'simple-statistics';
import { decimal, probability } from '../base/format.ts';
import { exactMcNemar } from '../base/mcnemar.ts';
import { numberOf, ok } from '../base/measured.ts';
import { wilson } from '../base/wilson.ts';
import type { Comparison, Dossier } from '../dossier/dossier.ts';
import { notApplicable, withWeights } from './applicable.ts';
import { entryOf, sidesOf } from './evidence.ts';
import type { FindingProduct, Pattern } from './finding.ts';
import { inForce } from './thresholds.ts';

/** The start of the fitted tail moved the same way in nearly all up projections. */
export const mlpFloorShift: Pattern = {
  meta: {
    id: 'mlp-floor-shift',
    title: 'No ordered shift of the MLP floor',
    failureTitle: 'The MLP floor shifted',
    description:
      'The eigenvalue at which the fitted tail begins (λ_min of the paper) lies higher, or lower, than in the base in nearly all up projections, with the size of the matrix divided out. It moves together with α and with the number of eigenvalues in the tail: one event, not three.',
    formula:
      'p = share of up projections in which λ_min/mean λ rose, with its Wilson interval. Detected: the interval excludes ½ and the exact sign test gives p ≤ 0.05. Not detected: it lies within [1 − order_share, order_share]. Inconclusive: anything else. The raw order of λ_min and the norm ratio ‖W‖/‖W₀‖ are always given beside it, because λ_min scales with ‖W‖².',
    needs: ['weights'],
    source: 'Benchmark Shadows § 4.2.2, Figure 7; METHOD §§ 1.4 (3), 8.3',
    thresholds: [
      { key: 'order_share', unit: 'of the layers', provenance: 'ours' },
      { name: 'level', value: '0.05', provenance: 'ours: of the exact sign test' },
      { key: 'min_layers', unit: 'layers at least', provenance: 'ours' },
    ],
  },
  find: (comparison, dossier) =>
    withWeights((weights) => judge(weights.matrices, comparison, dossier))(comparison, dossier),
};

/** Level of the sign test. */
const level = 0.05;

type Weights = Extract<Comparison['weights'], { status: 'ok' }>;

function judge(matrices: Weights['matrices'], comparison: Comparison, dossier: Dossier): FindingProduct {
  const rows = matrices.flatMap((matrix, index) => {
    const change = numberOf(matrix.diagnostics.delta_lambda_min_over_mean);
    const own = matrix.pooled && matrix.group === 'decoder' && (matrix.role === 'up' || matrix.role === 'gate_up');
    return own && change !== undefined ? [{ matrix, index, change }] : [];
  });
  const fewest = inForce(dossier.constants, 'min_layers');
  if (rows.length < fewest)
    return notApplicable(
      'too-few-layers',
      `The order of λ_min needs ${fewest} up projections fitted on both sides; there are ${rows.length}.`,
    );
  const changed = rows.filter(({ change }) => change !== 0);
  const rose = changed.filter(({ change }) => change > 0).length;
  const interval = wilson(rose, Math.max(1, changed.length));
  const share = changed.length === 0 ? 0.5 : rose / changed.length;
  const p = exactMcNemar(rose, changed.length - rose);
  const order = inForce(dossier.constants, 'order_share');
  const status =
    changed.length > 0 && (interval.low > 0.5 || interval.high < 0.5) && p <= level
      ? 'detected'
      : changed.length > 0 && interval.low >= 1 - order && interval.high <= order
        ? 'not-detected'
        : 'inconclusive';
  const ratios = rows.flatMap(({ matrix }) => numberOf(matrix.diagnostics.norm_ratio) ?? []);
  const norm = ratios.length > 0 ? median(ratios).toFixed(3) : 'unknown';
  const raw = rawOrder(
    rows.map(({ matrix }) => matrix.name),
    comparison,
    dossier,
  );
  const way = share > 0.5 ? 'higher' : 'lower';
  const count = Math.max(rose, changed.length - rose);
  const typical = rows.toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change)).slice(0, 3);
  return {
    status,
    effect:
      changed.length === 0
        ? ok(50, { n: rows.length, note: 'No interval: no floor moved at all.' })
        : ok(100 * share, {
            k: rose,
            n: changed.length,
            interval: { ...interval, low: 100 * interval.low, high: 100 * interval.high },
          }),
    plain: {
      detected: `In ${count} of ${changed.length} up projections the tail of the spectrum begins ${way} than in the base, with the size of the matrices (${norm} times the base's) divided out.`,
      'not-detected': `The tail of the spectrum begins higher in some up projections and lower in others; the matrices are ${norm} times the size of the base's.`,
      inconclusive: `It is not settled whether the tail of the spectrum begins ${way} throughout the up projections; the matrices are ${norm} times the size of the base's.`,
    }[status],
    technical: `λ_min/mean λ rose in ${rose} of ${changed.length} up projections; exact sign test p ${probability(p)}; raw λ_min rose in ${raw.rose} of ${raw.n}; median norm ratio ρ = ${norm} (λ_min scales with ρ²). Layers are not independent; ${decimal(100 * order, 0)} % one way counts as an order.`,
    action:
      status === 'detected'
        ? 'Read it as one event with α and the tail count of these layers, and not as support for either.'
        : 'Nothing to do.',
    evidence: typical.flatMap(({ matrix, index }) => [
      ...entryOf(
        `${matrix.name}: change of λ_min/mean λ`,
        matrix.diagnostics,
        'delta_lambda_min_over_mean',
        `/weights/matrices/${index}/diagnostics`,
      ),
      ...entryOf(
        `${matrix.name}: norm ratio`,
        matrix.diagnostics,
        'norm_ratio',
        `/weights/matrices/${index}/diagnostics`,
      ),
    ]),
    names: [],
  };
}

/** In how many of the matrices λ_min itself, norm included, is above that of the base. */
function rawOrder(names: readonly string[], comparison: Comparison, dossier: Dossier): { rose: number; n: number } {
  const [after, before] = sidesOf(comparison, dossier).map(
    ({ side }) => new Map(side.matrixDiagnostics.map(({ name, diagnostics }) => [name, numberOf(diagnostics.xmin)])),
  );
  const pairs = names.flatMap((name) => {
    const [now, then] = [after?.get(name), before?.get(name)];
    return now === undefined || then === undefined ? [] : [{ now, then }];
  });
  return { rose: pairs.filter(({ now, then }) => now > then).length, n: pairs.length };
}
