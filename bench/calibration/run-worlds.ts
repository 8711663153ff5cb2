import { defaultConstants } from '../../src/base/constants.ts';
import { numberOf } from '../../src/base/measured.ts';
import { measureRestructuring } from '../../src/dossier/restructuring.ts';
import type { SpectrumEngine } from '../../src/spectrum/engine.ts';
import type { Cell } from './cells.ts';
import { diagnoseWorld } from './diagnose-world.ts';
import { transferUpperBound } from './families-as-replicates.ts';
import { plan, type ScoreCell, type WeightCell } from './plan.ts';
import { compareWorld, type Judged, judge, rulesOf } from './product-path.ts';
import { plantedGains, scoreWorld } from './score-world.ts';
import { weightWorld } from './weight-world.ts';
import { worldStream } from './world-stream.ts';

/** How often what was seen in a cell, by what: `worlds`, `pattern:…`, `label:…`, `verdict:…`, `reason:…`, `S:covered`, … */
export type Tally = Readonly<Record<string, number>>;

/** Runs worlds `from` to `to` (exclusive) of a cell through the product and counts what it said. */
export async function runWorlds(
  cell: Cell,
  from: number,
  to: number,
  engine: () => Promise<SpectrumEngine>,
): Promise<Tally> {
  let tally: Tally = {};
  for (let world = from; world < to; world++) tally = added(tally, await oneWorld(cell, world, engine));
  return tally;
}

export function added(one: Tally, two: Tally): Tally {
  const sum: Record<string, number> = { ...one };
  for (const [key, count] of Object.entries(two)) sum[key] = (sum[key] ?? 0) + count;
  return sum;
}

async function oneWorld(cell: Cell, world: number, engine: () => Promise<SpectrumEngine>): Promise<Tally> {
  if (cell.kind === 'score') return ofScores(cell.cell, world);
  if (cell.kind === 'weight') return ofWeights(cell.cell, world, await engine());
  const drawn = scoreWorld(cell.scores, world);
  const pair =
    cell.change === null
      ? undefined
      : await diagnoseWorld(weightWorld(cell.change, worldStream(`${cell.id}/weights`, world)), await engine(), world);
  const { comparison, verdict } = judge(drawn, rulesOf(cell.scores), pair, { seed: world });
  return {
    worlds: 1,
    [`verdict:${verdict.verdict}`]: 1,
    [`pattern:${patternOf(comparison)}`]: 1,
    [`label:${verdict.restructuring.label}`]: 1,
  };
}

function ofScores(cell: ScoreCell, world: number): Tally {
  const drawn = scoreWorld(cell, world);
  const comparison = compareWorld(drawn, rulesOf(cell), undefined, { seed: world });
  if (comparison.scores.status !== 'ok')
    throw new Error(`${cell.id}, world ${world}: ${comparison.scores.error.message}`);
  const { asymmetry, families } = comparison.scores;
  const tally: Record<string, number> = { worlds: 1, [`pattern:${asymmetry.pattern}`]: 1 };
  // Where the tests do not reject, no removal is tried, so that `one-task` says nothing.
  const settled = asymmetry.reasons.some(({ code }) => code === 'tests-not-met');
  for (const { code } of asymmetry.reasons) if (!(settled && code === 'one-task')) tally[`reason:${code}`] = 1;
  if (asymmetry.pattern === 'asymmetric-gain' && cell.declared) {
    const gains = (names: readonly string[]): number[] =>
      families.flatMap(({ family, fixed }) => (names.includes(family) ? [numberOf(fixed) ?? 0] : []));
    const upper = transferUpperBound(
      gains(asymmetry.targeted),
      gains(asymmetry.coverage),
      defaultConstants.transfer_fraction,
    );
    if (upper !== undefined && upper < 0) tally['replicates:asymmetric-gain'] = 1;
  }
  if ((numberOf(asymmetry.pAsymmetric) ?? 1) < defaultConstants.alpha_test) tally['four-tests'] = 1;
  if (
    asymmetry.leaveOneOut?.holds &&
    asymmetry.clauses?.filter(({ rule }) => rule === 'asymmetric').every(({ holds }) => holds)
  )
    tally.asymmetric = 1;
  const { S, tau } = asymmetry;
  const [T, C] = [average(drawn.families.slice(0, cell.targeted)), average(drawn.families.slice(cell.targeted))];
  const truth = T - C;
  const { shadow } = plan;
  // A spike is one task's, whatever it does to the mean of its family.
  const holds =
    cell.truth.kind === 'gain' && T >= shadow.targeted && truth >= shadow.contrast && C < shadow.transfer * T;
  if (holds) tally['shadow:held'] = 1;
  if (asymmetry.pattern === 'asymmetric-gain') tally[holds ? 'shadow:found' : 'shadow:false'] = 1;
  if (cell.declared && !cell.ceiling && cell.truth.kind === 'gain' && S.status === 'ok' && S.interval) {
    tally['S:worlds'] = 1;
    tally['S:covered'] = S.interval.low <= truth && truth <= S.interval.high ? 1 : 0;
  }
  // τ is the spread that families were drawn with; it has one true value only where all were planted alike.
  // Gains that the ceiling cuts off are not those that were drawn.
  const alike = new Set(plantedGains(cell)).size === 1 && !cell.ceiling;
  if (alike && cell.truth.kind === 'gain' && tau.status === 'ok' && tau.interval) {
    tally['tau:worlds'] = 1;
    tally['tau:covered'] = tau.interval.low <= cell.uneven && cell.uneven <= tau.interval.high ? 1 : 0;
    const few = asymmetry.tauFewTasks;
    if (few?.status === 'ok' && few.interval)
      tally['tau-few:covered'] = few.interval.low <= cell.uneven && cell.uneven <= few.interval.high ? 1 : 0;
  }
  return tally;
}

async function ofWeights(cell: WeightCell, world: number, engine: SpectrumEngine): Promise<Tally> {
  const pair = await diagnoseWorld(weightWorld(cell.change, worldStream(cell.id, world)), engine, world);
  const broken = pair.matrices.find((matrix) => matrix.error);
  if (broken?.error) throw new Error(`${cell.id}, world ${world}: ${broken.name}: ${broken.error.message}`);
  const { label, geometry, reasons } = measureRestructuring(pair.matrices, defaultConstants, world);
  const lost = pair.matrices.filter(
    ({ diagnostics }) => (numberOf(diagnostics.weight_correlation) ?? 1) < defaultConstants.deep_correlation,
  );
  const found = lost.filter(({ labels }) => labels.coordinates === 'recoordinatised').length;
  return {
    worlds: 1,
    [`label:${label}`]: 1,
    [`geometry:${geometry}`]: 1,
    ...Object.fromEntries(reasons.map(({ code }) => [`reason:${code}`, 1])),
    'matrices:uncorrelated': lost.length,
    'matrices:recoordinatised': found,
    'worlds:all-recoordinatised': lost.length > 0 && found === lost.length ? 1 : 0,
  };
}

function patternOf({ scores }: Judged['comparison']): string {
  return scores.status === 'ok' ? scores.asymmetry.pattern : 'failed';
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
