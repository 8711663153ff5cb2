import type { Constants } from '../base/constants.ts';
import { type Measured, numberOf } from '../base/measured.ts';
import type { Restructuring } from './dossier.ts';

type Facts = Pick<Restructuring, 'D' | 'G' | 'medianRelativeChange' | 'shareMoved' | 'shareDeep'>;

/**
 * Depth and geometry labels of METHOD § 3.3. "Limited" is an upper-bound claim: too few layers or much noise widen the
 * interval and give `partial`, never `limited`. Where there is no interval the value itself is the bound, and a reason says so.
 *
 * @param compared share of the pooled matrices that was compared, 0..1. What was not is taken at its worst: as unrelated to the
 *   base for "limited", as unchanged for "deep",
 *   which is not claimed at all where more than `share_moved_limited` is missing: the bounds know nothing of other layers.
 */
export function restructuringLabel(
  facts: Facts,
  constants: Constants,
  layers: number,
  compared = 1,
): Pick<Restructuring, 'label' | 'geometry' | 'reasons'> {
  const geometry = geometryLabel(facts, constants);
  const claims = (seen: number): { label: Restructuring['label']; moved: boolean; shallow: boolean; deep: boolean } => {
    const moved = seen * high(facts.shareMoved) + 1 - seen <= constants.share_moved_limited;
    const shallow = seen * high(facts.D) + 1 - seen <= constants.D_limited;
    const enough = seen >= 1 - constants.share_moved_limited;
    const deep =
      enough && (seen * low(facts.shareDeep) >= constants.share_deep || seen * low(facts.D) >= constants.D_deep);
    return { label: deep ? 'deep' : shallow && moved && quiet ? 'limited' : 'partial', moved, shallow, deep };
  };
  const quiet = geometry === 'inert' || geometry === 'unmoved';
  const { moved, shallow, deep, label } = claims(compared);
  const missing = claims(1).label !== label;
  const reasons = [
    ...(deep
      ? [
          {
            code: 'deep',
            text: `A share of at least ${percent(constants.share_deep)} of the matrices is rewritten, or D̄ is at least ${constants.D_deep}.`,
          },
        ]
      : []),
    ...(deep || shallow
      ? []
      : [{ code: 'depth-not-limited', text: `The upper bound of D̄ is above ${constants.D_limited}.` }]),
    ...(deep || moved
      ? []
      : [
          {
            code: 'many-moved',
            text: `More than ${percent(constants.share_moved_limited)} of the matrices may have moved by half their norm.`,
          },
        ]),
    ...(deep || quiet
      ? []
      : [
          {
            code: `geometry-${geometry}`,
            text:
              geometry === 'active'
                ? 'Effective rank moved more than a random change of the same size would move it.'
                : 'It is not settled whether effective rank moved more than chance.',
          },
        ]),
    ...(label === 'limited'
      ? [
          {
            code: 'limited',
            text: 'The weights stayed close to the base and their geometry did not move more than chance.',
          },
        ]
      : []),
    ...(missing
      ? [
          {
            code: 'matrices-missing',
            text: `Only ${percent(compared)} of the matrices were compared; the others may have moved by any amount, so the label allows for both.`,
          },
        ]
      : []),
    ...(layers < constants.min_layers
      ? [{ code: 'few-layers', text: `${layers} layers: labels rest on values without an interval.` }]
      : []),
  ];
  return { label, geometry, reasons };
}

/** Unmoved, moved without geometry (inert), moved with it (active), or not settled. */
function geometryLabel(facts: Facts, constants: Constants): Restructuring['geometry'] {
  const moved = numberOf(facts.medianRelativeChange);
  if (moved !== undefined && moved < constants.regime_conservative) return 'unmoved';
  if (facts.G.status !== 'ok') return 'unclear';
  if (high(facts.G) <= constants.G_inert) return 'inert';
  return low(facts.G) > constants.G_inert ? 'active' : 'unclear';
}

function high(measured: Measured): number {
  return measured.status === 'ok' ? (measured.interval?.high ?? measured.value) : Number.POSITIVE_INFINITY;
}

function low(measured: Measured): number {
  return measured.status === 'ok' ? (measured.interval?.low ?? measured.value) : Number.NEGATIVE_INFINITY;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
