import type { Constants } from '../base/constants.ts';
import type { Restructuring } from '../dossier/dossier.ts';
import { restructuringLabel } from '../dossier/restructuring-label.ts';
import { gainPattern } from '../families/gain-pattern.ts';
import { type MeasuredScores, patternFactsOf } from '../families/pattern-facts.ts';
import type { Axis } from '../families/taxonomy.ts';
import { quadrant } from './quadrant.ts';
import type { Sensitivity, VerdictId } from './verdict.ts';

/** Thresholds that the decision reads again; all others are in the measurements themselves. */
const scoreThresholds = [
  'gain_margin',
  'contrast_margin',
  'alpha_test',
  'transfer_fraction',
  'bh_q',
  'leave_one_out_p',
] as const;
const weightThresholds = [
  'D_limited',
  'share_moved_limited',
  'G_inert',
  'regime_conservative',
  'D_deep',
  'share_deep',
] as const;

/** Each threshold is searched from a fourth of its value to four times it, in steps of this factor. */
const [reach, step] = [4, 1.1];

/**
 * Which thresholds would flip the verdict, and how far away they are: each alone, on the same measurements, outward from
 * its value until the verdict changes, then by bisection. Steps are 10 %, so a verdict that changes and changes back
 * within one step is not seen. Nearest first; thresholds that flip nothing within reach come last, with null.
 */
export function sensitivity(
  verdict: VerdictId,
  scores: MeasuredScores,
  axis: Axis,
  restructuring: Restructuring,
  constants: Constants,
): Sensitivity[] {
  const patternUnder = (under: Constants): MeasuredScores['asymmetry']['pattern'] =>
    gainPattern(patternFactsOf(scores, axis, under), under).pattern;
  const labelUnder = (under: Constants): Restructuring['label'] =>
    restructuring.label === 'not-assessable'
      ? restructuring.label
      : restructuringLabel(restructuring, under, restructuring.layers, restructuring.compared).label;
  const { label } = restructuring;
  const { pattern } = scores.asymmetry;
  const found = [
    ...scoreThresholds.map((key) => flip(key, (under) => quadrant(patternUnder(under), label), verdict, constants)),
    ...weightThresholds.map((key) => flip(key, (under) => quadrant(pattern, labelUnder(under)), verdict, constants)),
  ];
  return found.sort((a, b) => (a.relative ?? Infinity) - (b.relative ?? Infinity));
}

function flip(
  key: keyof Constants,
  verdictUnder: (constants: Constants) => VerdictId,
  verdict: VerdictId,
  constants: Constants,
): Sensitivity {
  const value = constants[key];
  const at = (factor: number): VerdictId => verdictUnder({ ...constants, [key]: value * factor });
  const flips = [step, 1 / step].flatMap((factor) => {
    const edge = firstChange(at, factor, verdict);
    return edge === undefined ? [] : [edge];
  });
  const [nearest] = flips.sort((a, b) => Math.abs(Math.log(a)) - Math.abs(Math.log(b)));
  return nearest === undefined
    ? { key, value, flipsAt: null, to: null, relative: null }
    : { key, value, flipsAt: value * nearest, to: at(nearest), relative: Math.abs(nearest - 1) };
}

/** Smallest factor in this direction at which the verdict is another one, to 0.01 %. */
function firstChange(at: (factor: number) => VerdictId, factor: number, verdict: VerdictId): number | undefined {
  for (let [kept, tried] = [1, factor]; tried <= reach && tried >= 1 / reach; [kept, tried] = [tried, tried * factor]) {
    if (at(tried) === verdict) continue;
    let [same, other] = [kept, tried];
    while (Math.abs(other / same - 1) > 1e-4) {
      const middle = Math.sqrt(same * other);
      if (at(middle) === verdict) same = middle;
      else other = middle;
    }
    return other;
  }
  return undefined;
}
