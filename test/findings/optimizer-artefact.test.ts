import { expect, test } from 'vitest';
import type { Trajectory } from '../../src/dossier/trajectory.ts';
import { optimizerArtefact } from '../../src/findings/optimizer-artefact.ts';
import { fitted, follow, moved, tableOne } from '../dossier/training.ts';
import { followRun } from './training.ts';

const steps = [0, 1, 2, 3, 4];
const alphas = Array.from({ length: 40 }, (_, index) => 2.5 + 0.05 * index);
/** α with wobble in both directions, so that nothing is systematic. */
const wobbled = alphas.map((alpha, index) => alpha + (index % 2 === 0 ? 0.1 : -0.1));

function runs(odd: readonly number[], variances: readonly number[]): Record<string, Trajectory> {
  const plain = [5, 4, 3, 2];
  return follow(
    steps.flatMap((step) => [fitted('plain', step, alphas), fitted('odd', step, odd)]),
    'plain',
    {
      pairs: steps
        .slice(1)
        .flatMap((to, index) => [
          moved('plain', to - 1, to, 0.1, plain[index]),
          moved('odd', to - 1, to, 0.1, variances[index]),
        ]),
    },
  );
}
const status = (odd: readonly number[], variances: readonly number[]): string =>
  followRun(optimizerArtefact, runs(odd, variances), 'odd').status;

test('amplified 1.3 times with α where it was is the signature', () => {
  expect(status(wobbled, [6.6, 5.3, 4, 2.7])).toBe('detected');
  expect(followRun(optimizerArtefact, runs(wobbled, [7, 5.6, 4.2, 2.8]), 'odd').plain).toContain(
    'is 1.40 times that of plain, while the share of α',
  );
});

test('amplified less, in the same order, is none', () => {
  expect(status(wobbled, [6, 4.8, 3.6, 2.4])).toBe('not-detected');
});

test('an order that is not steady where the reference is counts without amplification', () => {
  expect(status(wobbled, [4, 5, 2, 3])).toBe('detected');
});

test('where α moved too, schedule and data cannot be told apart', () => {
  expect(
    status(
      alphas.map((alpha) => alpha + 0.3),
      [7, 5.6, 4.2, 2.8],
    ),
  ).toBe('inconclusive');
  expect(
    status(
      alphas.map((alpha, index) => (index < 20 ? 9 : alpha)),
      [7, 5.6, 4.2, 2.8],
    ),
  ).toBe('inconclusive');
});

test('without known α it stays open, and without weights or a reference it cannot be looked for', () => {
  const bare = follow(tableOne(), 'A', {
    pairs: ['A', 'D'].flatMap((run) => [moved(run, 2000, 20_000, 0.1, run === 'A' ? 1 : 2)]),
  });
  expect(followRun(optimizerArtefact, bare, 'D').status).toBe('inconclusive');
  expect(followRun(optimizerArtefact, bare, 'A').status).toBe('not-applicable');
  expect(followRun(optimizerArtefact, follow(tableOne(), 'A'), 'B').status).toBe('not-applicable');
});
