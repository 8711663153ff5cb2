import { mean } from 'simple-statistics';
import type { Constants } from '../base/constants.ts';
import { type Measured, ok, skipped } from '../base/measured.ts';
import { randomStream } from '../base/random.ts';
import { depthBootstrap, percentileInterval } from '../diagnostics/depth-bootstrap.ts';
import type { MatrixDiagnosis } from '../diagnostics/diagnosis.ts';
import { attentionRoles, mlpRoles } from '../diagnostics/module-sides.ts';
import type { GroupRestructuring, Restructuring } from './dossier.ts';
import { type MatrixChange, type ModelIndices, matrixChanges, modelIndices } from './model-indices.ts';
import { restructuringLabel } from './restructuring-label.ts';

/**
 * Matrix changes -> the restructuring axis of the verdict (METHOD §§ 3.1, 3.3, 3.4): D̄ and Ḡ of the decoder with
 * intervals over depth, module kinds, geometry and depth labels. The vision tower is never averaged in.
 *
 * Intervals are moving-block bootstraps over depth: how far an index depends on which layers are looked at. They are
 * not training-seed uncertainty. Below `min_layers` there is no interval and the label rests on the values alone.
 *
 * @param expected pooled matrices the decoder has; those that were not compared may have moved by anything, which the labels allow for
 */
export function measureRestructuring(
  matrices: readonly MatrixDiagnosis[],
  constants: Constants,
  seed: number,
  expected = 0,
): Restructuring {
  const { changes, group } = mainTower(matrixChanges(matrices));
  if (changes.length === 0)
    return notAssessable('no-pooled-pairs', 'No weight matrix inside a block could be compared with the base.');
  const depths = [...new Set(changes.map((change) => change.depth))].sort((a, b) => a - b);
  const point = modelIndices(changes, constants);
  const draws =
    depths.length >= constants.min_layers
      ? depthBootstrap(changes, depths, constants.bootstrap, randomStream(seed), (sample) =>
          modelIndices(sample, constants),
        )
      : [];
  const measured = intervals(point, draws, depths.length, changes.length, constants);
  const compared = group === 'decoder' ? Math.min(1, changes.length / Math.max(expected, changes.length)) : 1;
  const { label, geometry, reasons } = restructuringLabel(measured, constants, depths.length, compared);
  return {
    ...measured,
    weightedD: weightedD(changes),
    geometry,
    label,
    layers: depths.length,
    compared,
    groups: moduleKinds(changes, group, constants, seed),
    reasons,
  };
}

/** Restructuring that could not be judged, with the reason in every number. */
export function notAssessable(code: string, reason: string): Restructuring {
  const none = skipped(code, reason);
  return {
    D: none,
    G: none,
    RI: none,
    medianRelativeChange: none,
    shareMoved: none,
    shareDeep: none,
    weightedD: none,
    geometry: 'unclear',
    label: 'not-assessable',
    layers: 0,
    groups: [],
    reasons: [{ code, text: reason }],
  };
}

/** The decoder, or the largest other group where there is none. */
function mainTower(changes: readonly MatrixChange[]): { changes: MatrixChange[]; group: string } {
  const counts = new Map<string, number>();
  for (const change of changes) counts.set(change.group, (counts.get(change.group) ?? 0) + 1);
  const group = counts.has('decoder') ? 'decoder' : ([...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'decoder');
  return { changes: changes.filter((change) => change.group === group), group };
}

function intervals(
  point: ModelIndices,
  draws: readonly ModelIndices[],
  layers: number,
  n: number,
  constants: Constants,
): Pick<Restructuring, 'D' | 'G' | 'RI' | 'medianRelativeChange' | 'shareMoved' | 'shareDeep'> {
  const of = (key: keyof ModelIndices): Measured => {
    const value = point[key];
    if (value === undefined)
      return skipped('no-null', 'The magnitude-matched null was not computed, so the geometry score has no zero.');
    const drawn = draws.flatMap((draw) => draw[key] ?? []);
    if (drawn.length === 0)
      return ok(value, {
        n,
        note: `No interval: ${layers} layers, ${constants.min_layers} are needed for a bootstrap over depth.`,
      });
    return ok(value, { n, interval: percentileInterval(drawn) });
  };
  return {
    D: of('D'),
    G: of('G'),
    RI: of('RI'),
    medianRelativeChange: of('medianRelativeChange'),
    shareMoved: of('shareMoved'),
    shareDeep: of('shareDeep'),
  };
}

function moduleKinds(
  changes: readonly MatrixChange[],
  group: string,
  constants: Constants,
  seed: number,
): GroupRestructuring[] {
  return [...attentionRoles, ...mlpRoles].flatMap((role, index) => {
    const own = changes.filter((change) => change.role === role);
    if (own.length === 0) return [];
    const depths = [...new Set(own.map((change) => change.depth))].sort((a, b) => a - b);
    const draws =
      depths.length < constants.min_layers
        ? []
        : depthBootstrap(own, depths, constants.bootstrap, randomStream(seed + 1 + index), kindMeans);
    const point = kindMeans(own);
    const of = (key: keyof KindMeans): Measured => {
      if (point[key] === undefined) return skipped('no-null', 'The magnitude-matched null was not computed.');
      if (draws.length === 0) return ok(point[key], { n: own.length, note: `No interval: ${depths.length} layers.` });
      return ok(point[key], { n: own.length, interval: percentileInterval(draws.flatMap((draw) => draw[key] ?? [])) });
    };
    const regimes: Record<string, number> = {};
    for (const { regime } of own) regimes[regime] = (regimes[regime] ?? 0) + 1;
    return [
      {
        group,
        role,
        matrices: own.length,
        D: of('D'),
        G: of('G'),
        relativeChange: of('relativeChange'),
        correlation: of('correlation'),
        regimes,
      },
    ];
  });
}

type KindMeans = Pick<MatrixChange, 'D' | 'G' | 'relativeChange' | 'correlation'>;

function kindMeans(rows: readonly MatrixChange[]): KindMeans {
  return {
    D: mean(rows.map((row) => row.D)),
    G: rows.every((row) => row.G !== undefined) ? mean(rows.map((row) => row.G ?? 0)) : undefined,
    relativeChange: mean(rows.map((row) => row.relativeChange)),
    correlation: mean(rows.map((row) => row.correlation)),
  };
}

/** D̄ weighted by parameters; recorded matrices come without their sizes. */
function weightedD(changes: readonly MatrixChange[]): Measured {
  const total = changes.reduce((sum, change) => sum + change.parameters, 0);
  if (total === 0) return skipped('no-sizes', 'The sizes of the matrices are not recorded.');
  const value = changes.reduce((sum, change) => sum + change.parameters * change.D, 0) / total;
  return ok(value, { n: changes.length, note: 'weighted by parameters, as a sensitivity' });
}
