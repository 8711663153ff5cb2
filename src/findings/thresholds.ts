import { type Constants, defaultConstants } from '../base/constants.ts';
import type { Dossier } from '../dossier/dossier.ts';
import type { StatedThreshold, Threshold } from './finding.ts';

/** The value of a threshold in force; the default where a dossier of an older version does not know it. */
export function inForce(constants: Dossier['constants'], key: keyof Constants): number {
  const value = constants[key];
  return typeof value === 'number' ? value : defaultConstants[key];
}

/**
 * Thresholds as people read them, with the values in force:
 * `{ key: 'share_deep', unit: 'share', … }` becomes `{ name: 'share_deep', value: '25 %', … }`.
 */
export function thresholdsInForce(
  thresholds: readonly Threshold[],
  constants: Dossier['constants'],
): readonly StatedThreshold[] {
  return thresholds.map((threshold) => {
    if (!('key' in threshold)) return threshold;
    const { key, unit, provenance } = threshold;
    const value = inForce(constants, key);
    const shown = unit === 'share' ? `${percent(value)} %` : unit === '' ? String(value) : `${value} ${unit}`;
    return { name: key, value: shown, provenance };
  });
}

/** A share as a percentage without the noise of binary fractions. */
export function percent(share: number): number {
  return Number((100 * share).toPrecision(6));
}
