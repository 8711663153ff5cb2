import { type Measured, skipped } from '../base/measured.ts';
import type { MatrixDiagnosis } from './diagnosis.ts';
import type {
  Diagnostic,
  MatrixInput,
  ModelDiagnostic,
  MomentsDiagnostic,
  MomentsInput,
  PairDiagnostic,
  PairInput,
  TrajectoryInput,
} from './diagnostic.ts';
import { diagnostics } from './registry.ts';

const units = Object.entries<Diagnostic>(diagnostics);

/** What stands in the place of every number that takes spectra where only the sums were asked for. */
export const notRequested = skipped('not-requested', 'It takes spectra, which were not asked for.');

/** Every matrix-scope diagnostic of one matrix, by id; without an input each is `not-requested`. */
export function measureMatrix(input: MatrixInput | undefined): Record<string, Measured> {
  return Object.fromEntries(
    units.flatMap(([id, unit]) => (unit.scope === 'matrix' ? [[id, input ? unit.measure(input) : notRequested]] : [])),
  );
}

/** Every pair-scope diagnostic of one matrix and its partner, by id; without spectra, those that take them are `not-requested`. */
export function measurePair(input: PairInput | MomentsInput): Record<string, Measured> {
  const measured = (unit: PairDiagnostic | MomentsDiagnostic): Measured => {
    if (unit.needs === 'moments') return unit.measure(input);
    return 'subject' in input ? unit.measure(input) : notRequested;
  };
  return Object.fromEntries(units.flatMap(([id, unit]) => (unit.scope === 'pair' ? [[id, measured(unit)]] : [])));
}

/**
 * Summaries over pooled matrices. Module groups are never averaged together: the main group (the decoder, or the largest
 * one where there is none) has plain ids, others have the group appended, as in `alpha_share.vision`. Parts of a summary
 * follow a colon: `alpha_heterogeneity:v`.
 */
export function measureModel(
  scope: ModelDiagnostic['scope'],
  matrices: readonly MatrixDiagnosis[],
): Record<string, Measured> {
  const groups = Map.groupBy(
    matrices.filter(({ pooled }) => pooled),
    ({ group }) => group,
  );
  const main = mainGroup(groups);
  const summaries: Record<string, Measured> = {};
  for (const [group, own] of [[main, groups.get(main) ?? []] as const, ...groups])
    for (const [id, unit] of units)
      if (unit.scope === scope) {
        const key = group === main ? id : `${id}.${group}`;
        if (summaries[key] !== undefined) continue;
        summaries[key] = unit.measure(own);
        for (const [part, value] of Object.entries(partsOf(unit, own))) summaries[`${key}:${part}`] = value;
      }
  return summaries;
}

/** Every trajectory-scope diagnostic of one run, by id. */
export function measureTrajectory(input: TrajectoryInput): Record<string, Measured> {
  return Object.fromEntries(
    units.flatMap(([id, unit]) => (unit.scope === 'trajectory' ? [[id, unit.measure(input)]] : [])),
  );
}

function partsOf(unit: ModelDiagnostic, own: readonly MatrixDiagnosis[]): Readonly<Record<string, Measured>> {
  return unit.parts?.(own) ?? {};
}

/** The module group that plain ids are about: the decoder, or the largest one where there is none. */
export function mainGroup<Name extends string>(groups: ReadonlyMap<Name, readonly unknown[]>): Name | 'decoder' {
  const decoder = [...groups.keys()].find((group) => group === 'decoder');
  return decoder ?? [...groups].sort((a, b) => b[1].length - a[1].length)[0]?.[0] ?? 'decoder';
}
