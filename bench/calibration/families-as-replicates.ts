import { mean } from 'simple-statistics';
import { criticalValue } from '../../src/base/student.ts';

/**
 * Upper one-sided 95 % bound of C − φT with families as replicates: the gain of a family is one draw of what families on
 * its side do, with one variance for both sides (F − 2 degrees of freedom). A rule that was tried and not taken
 * (ADR 13); undefined where no side has two families.
 */
export function transferUpperBound(
  targeted: readonly number[],
  coverage: readonly number[],
  fraction: number,
): number | undefined {
  const df = targeted.length + coverage.length - 2;
  if (df < 1) return undefined;
  const [T, C] = [mean([...targeted]), mean([...coverage])];
  const squares = (values: readonly number[], centre: number): number =>
    values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  const variance = (squares(targeted, T) + squares(coverage, C)) / df;
  const se = Math.sqrt(variance * (1 / coverage.length + fraction ** 2 / targeted.length));
  return C - fraction * T + criticalValue(0.95, df) * se;
}
