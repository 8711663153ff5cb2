import { expect, test } from 'vitest';
import { randomStream } from '../../src/base/random.ts';
import type { Dossier } from '../../src/dossier/dossier.ts';
import { joinDossier } from '../../src/dossier/join.ts';
import { findAll } from '../../src/findings/find.ts';
import { decide } from '../../src/verdict/decide.ts';
import type { ComparisonVerdict } from '../../src/verdict/verdict.ts';
import { joinInput, light, pairDiagnosis, rewritten } from '../dossier/parts.ts';
import { losses, plantWorld, trueOf, type World } from './planted-worlds.ts';

const worlds = 48;
const rank = { none: 0, weak: 1, moderate: 2, strong: 3 } as const;
const abstentions = new Set(['inconclusive', 'asymmetric-unclear', 'asymmetric-unknown']);

const joined = ({ base, subject }: World): Dossier => {
  const input = joinInput([base, subject]);
  return joinDossier({ ...input, constants: { ...input.constants, bootstrap: 100 } });
};
const judged = (dossier: Dossier): ComparisonVerdict => {
  const [verdict] = decide(dossier, findAll(dossier), { argue: false }).comparisons;
  if (!verdict) throw new Error('no verdict');
  return verdict;
};

/** Every loss once, and as often again a random pair of losses. */
const cases = Array.from({ length: worlds }, (_, seed) => {
  const names = Object.keys(losses);
  const random = randomStream(1000 + seed);
  const two = (): string[] => [names[random.below(names.length)] ?? '', names[random.below(names.length)] ?? ''];
  return { seed, lost: [...names.map((name) => [name]), ...Array.from({ length: 4 }, two)] };
});
const counted = cases.reduce((sum, { lost }) => sum + lost.length, 0);

test('there are at least 500 of them', () => expect(counted).toBeGreaterThanOrEqual(500));

test.each(cases)(
  'world $seed: whatever is removed, no firm verdict is wrong and no confidence rises',
  ({ seed, lost }) => {
    const world = plantWorld(seed);
    const whole = judged(joined(world));
    expect([...trueOf[world.truth], 'asymmetric-unclear']).toContain(whole.verdict);
    for (const names of lost) {
      const random = randomStream(seed * 97 + names.join().length);
      const reduced = names.reduce((left, name) => losses[name]?.(left, random) ?? left, world);
      const verdict = judged(joined(reduced));
      const what = `${world.truth} without ${names.join(' and ')}: ${verdict.verdict}, ${verdict.confidence}`;
      const allowed =
        abstentions.has(verdict.verdict) || (trueOf[world.truth] as readonly string[]).includes(verdict.verdict);
      expect(allowed, what).toBe(true);
      expect(rank[verdict.confidence], what).toBeLessThanOrEqual(rank[whole.confidence]);
      expect(verdict.because?.join(''), what).not.toBe('');
      if (names.every((name) => /weights|matrix|layers|null|correlations|attestation/.test(name)))
        expect(verdict.asymmetry.S, what).toEqual(whole.asymmetry.S);
    }
  },
  60_000,
);

test('without items the standard error of no task shrinks', () => {
  for (let seed = 0; seed < 12; seed++) {
    const world = plantWorld(seed);
    const errors = (of: World): (number | undefined)[] => {
      const scores = joined(of).comparisons[0]?.scores;
      if (scores?.status !== 'ok') throw new Error('no scores');
      return scores.tasks.map(({ gain }) => (gain.status === 'ok' ? gain.se : undefined));
    };
    const [paired, totals] = [errors(world), errors(losses['per-item samples']?.(world, randomStream(1)) ?? world)];
    expect(totals.every((error, index) => (error ?? 0) >= (paired[index] ?? Infinity))).toBe(true);
  }
});

test.each([
  ['the layers that were kept', 6, 11],
  ['the layers that were rewritten', 0, 5],
])('a model of which half was rewritten gets no firm verdict from %s being lost', (_, from, to) => {
  const world = plantWorld(2);
  const [quiet, deep] = [pairDiagnosis(light), pairDiagnosis(rewritten)];
  const matrices = quiet.matrices.map((matrix, index) =>
    (matrix.depth ?? 0) >= 6 ? (deep.matrices[index] ?? matrix) : matrix,
  );
  const kept = matrices.filter(({ depth }) => (depth ?? 0) >= from && (depth ?? 0) <= to);
  const verdict = judged(joined({ ...world, subject: { ...world.subject, pair: { ...quiet, matrices: kept } } }));
  expect(verdict).toMatchObject({ verdict: 'asymmetric-unclear', confidence: 'none' });
  expect(verdict.reasonCodes.map(({ code }) => code)).toContain('matrices-missing');
});
