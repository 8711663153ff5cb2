import { type Measured, ok } from '../../base/measured.ts';
import type { Bounds } from '../../scores/sequential/confidence-sequence.ts';
import type { Axis } from '../taxonomy.ts';
import type { AxisEvidence } from './evidence.ts';
import { type FamilySequences, sequenceMethod } from './family-evidence.ts';
import { logit, logitBounds } from './logit-bounds.ts';

/**
 * The contrast along the axis (METHOD § 6.2): the sequences of all F families of the axis hold together at α/F each, so
 * the mean of the lower bounds on one side minus the mean of the upper bounds on the other bounds the contrast.
 *
 * `targeted-ahead`: that bound is at or above 0 on κ and on log-odds, and the contrast itself at least `contrastMargin`.
 * `not-ahead`: its upper bound on κ is below `contrastMargin`. Either is wrong in at most α of all runs; holding on two
 * scales is an intersection–union test and needs no correction. Null where a side has no family with known chance.
 */
export function axisEvidence(
  sequences: ReadonlyMap<string, FamilySequences>,
  axis: Axis,
  rule: { readonly alpha: number; readonly contrastMargin: number },
): AxisEvidence | null {
  const usable = (names: readonly string[]): string[] => names.filter((name) => sequences.get(name)?.kappa);
  const [targeted, coverage] = [usable(axis.targeted), usable(axis.coverage)];
  if (targeted.length === 0 || coverage.length === 0) return null;
  const families = targeted.length + coverage.length;
  const own = (names: readonly string[]): FamilySequences[] => names.flatMap((name) => sequences.get(name) ?? []);
  const kappa = (names: readonly string[]): Side =>
    side(own(names).map((family) => kappaOf(family, 1 - rule.alpha / families)));
  const odds = (names: readonly string[]): Side =>
    side(own(names).map((family) => logitOf(family, 1 - rule.alpha / (2 * families))));
  const complete = own([...targeted, ...coverage]).every(({ points }) => points.complete);
  const [T, C] = [kappa(targeted), kappa(coverage)];
  const S = minus(T, C);
  const onLogit = minus(odds(targeted), odds(coverage));
  const level = 1 - rule.alpha;
  const measured = ({ value, low, high }: Side): Measured =>
    ok(value, { n: families, interval: { low, high, level, method: complete ? 'exact on these items' : method } });
  return {
    targeted,
    coverage,
    T: measured(T),
    C: measured(C),
    S: measured(S),
    logit: measured(onLogit),
    state: stateOf(S, onLogit, rule.contrastMargin, complete),
  };
}

const method = `${sequenceMethod}, union bound over families`;

type Side = Bounds & { readonly value: number };

function stateOf(S: Side, onLogit: Side, margin: number, complete: boolean): AxisEvidence['state'] {
  if (S.low >= 0 && onLogit.low >= 0 && S.value >= margin) return 'targeted-ahead';
  return S.high < margin || complete ? 'not-ahead' : 'open';
}

function kappaOf({ kappa }: FamilySequences, level: number): Side {
  if (kappa === undefined) throw new Error('unreachable: only families with known chance are asked');
  const { low, high } = kappa.bounds(level);
  return { value: 100 * kappa.estimate, low: 100 * low, high: 100 * high };
}

function logitOf({ points, base }: FamilySequences, level: number): Side {
  return {
    value: logit(base.estimate + points.estimate) - logit(base.estimate),
    ...logitBounds(base.bounds(level), points.bounds(level)),
  };
}

function side(families: readonly Side[]): Side {
  const mean = (pick: (family: Side) => number): number =>
    families.reduce((sum, family) => sum + pick(family), 0) / families.length;
  return { value: mean(({ value }) => value), low: mean(({ low }) => low), high: mean(({ high }) => high) };
}

function minus(one: Side, two: Side): Side {
  return { value: one.value - two.value, low: one.low - two.high, high: one.high - two.low };
}
