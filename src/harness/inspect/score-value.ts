/** A score of one item as a number, and whether its kind shows that it is a share of 1. */
export interface ScoreValue {
  readonly value: number;
  readonly isShare: boolean;
}

const letters = new Map([
  ['C', 1],
  ['P', 0.5],
  ['I', 0],
  ['N', 0],
]);
const words = new Map([
  ['yes', 1],
  ['true', 1],
  ['no', 0],
  ['false', 0],
]);

/**
 * The number that Inspect's metrics make of a score (`value_to_float`, scorer/_metric.py): correct, partly correct,
 * incorrect and no answer are 1, 0.5, 0, 0. Undefined for what has no number: null (unscored), a list, an object, and
 * text, for which Inspect itself warns and counts 0.
 */
export function scoreValue(value: unknown): ScoreValue | undefined {
  if (typeof value === 'boolean') return { value: value ? 1 : 0, isShare: true };
  if (typeof value === 'number') return Number.isFinite(value) ? { value, isShare: false } : undefined;
  if (typeof value !== 'string') return undefined;
  const share = letters.get(value) ?? words.get(value.toLowerCase());
  if (share !== undefined) return { value: share, isShare: true };
  return /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(value) && Number.isFinite(Number(value))
    ? { value: Number(value), isShare: false }
    : undefined;
}
