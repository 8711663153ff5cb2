import { expect, test } from 'vitest';
import type { Constants } from '../../src/base/constants.ts';
import type { CheckpointInput } from '../../src/dossier/join.ts';
import { joinDossier } from '../../src/dossier/join.ts';
import { findAll } from '../../src/findings/find.ts';
import { decide } from '../../src/verdict/decide.ts';
import type { ComparisonVerdict } from '../../src/verdict/verdict.ts';
import { checkpoint, type FamilyName, flat, joinInput, light, pairDiagnosis } from '../dossier/parts.ts';
import { plantWorld } from './planted-worlds.ts';

interface Pair {
  readonly base: CheckpointInput;
  readonly subject: CheckpointInput;
}

/** Everything measured and decided anew under these constants. */
const judged = ({ base, subject }: Pair, constants: Partial<Constants> = {}, argue = false): ComparisonVerdict => {
  const input = joinInput([base, subject]);
  const dossier = joinDossier({
    ...input,
    constants: { ...input.constants, bootstrap: 100, ...constants },
    display: argue,
  });
  const [verdict] = decide(dossier, findAll(dossier), { argue }).comparisons;
  if (!verdict) throw new Error('no verdict');
  return verdict;
};

// alpha_test and leave_one_out_p are read from p values of 500 labellings; D and G from intervals: all are kept in the dossier.
test.each([0, 1, 2, 3])(
  'world %i measured anew with a threshold just past where it flips has the other verdict, and just before it this one',
  (seed) => {
    const world = plantWorld(seed);
    const { verdict, sensitivity = [] } = judged(world, {}, true);
    const flips = sensitivity.flatMap(({ key, value, flipsAt, to }) =>
      flipsAt === null || to === null ? [] : [{ key, value, flipsAt, to }],
    );
    for (const { key, value, flipsAt, to } of flips) {
      const beyond = flipsAt > value ? 1.002 : 1 / 1.002;
      expect(judged(world, { [key]: flipsAt * beyond }).verdict, `${key} beyond ${flipsAt}`).toBe(to);
      expect(judged(world, { [key]: flipsAt / beyond }).verdict, `${key} before ${flipsAt}`).toBe(verdict);
    }
    const away = sensitivity.map(({ relative }) => relative ?? Number.POSITIVE_INFINITY);
    expect(away).toEqual([...away].sort((a, b) => a - b));
  },
  120_000,
);

test('a shadow of 12 points flips where the margin of the contrast is raised past it', () => {
  const share = (family: FamilyName): number => (family === 'puzzles' || family === 'sums' ? 0.52 : 0.4);
  const base = checkpoint('base', '0', flat);
  const subject = checkpoint('sft', '1', share, { base: 'base', pair: pairDiagnosis(light) });
  const { verdict, sensitivity = [] } = judged({ base, subject }, {}, true);
  expect(verdict).toBe('benchmark-shadow');
  const margin = sensitivity.find(({ key }) => key === 'contrast_margin');
  // One task less moves the contrast a little, and the least of them must hold too.
  expect(margin?.flipsAt).toBeGreaterThan(11.5);
  expect(margin?.flipsAt).toBeLessThanOrEqual(12.01);
}, 60_000);
