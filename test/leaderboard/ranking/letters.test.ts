import { expect, test } from 'vitest';
import { compactLetters } from '../../../src/leaderboard/ranking/letters.ts';
import { reference } from './reference.ts';

const claims = (differing: readonly (readonly [number, number])[]) =>
  differing.map(([better, worse]) => ({ better, worse, t: 3, p: 0.01 }));

test.each(reference.letters)(
  'letters are all maximal groups without a differing pair: %#',
  ({ models, differing, groups }) => {
    const values = Array.from({ length: models }, (_, model) => -model);
    const letters = compactLetters(values, claims(differing), 0.05) ?? [];
    const all = [...new Set(letters.join(''))].sort();
    const made = all.map((letter) => letters.flatMap((own, model) => (own.includes(letter) ? [model] : [])));
    expect(made.toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual(
      groups.toSorted((a, b) => String(a).localeCompare(String(b))),
    );
  },
);

test('letters run from the best model down, and a p above the level is no difference', () => {
  expect(compactLetters([1, 3, 2], claims([[1, 0]]), 0.05)).toEqual(['b', 'a', 'ab']);
  expect(compactLetters([1, 2], [{ better: 1, worse: 0, t: 1, p: 0.2 }], 0.05)).toEqual(['a', 'a']);
});

test('more than 26 groups go on with primes', () => {
  const values = Array.from({ length: 30 }, (_, model) => -model);
  const differing = values.flatMap((_, a) => values.flatMap((__, b): [number, number][] => (a < b ? [[a, b]] : [])));
  const letters = compactLetters(values, claims(differing), 0.05);
  expect(letters?.[0]).toBe('a');
  expect(letters?.[25]).toBe('z');
  expect(letters?.[26]).toBe('a′');
  expect(new Set(letters).size).toBe(30);
});

test('a display of hundreds of letters is refused', () => {
  // Ten triples, all different inside: 3 to the power of 10 groups.
  const differing = Array.from({ length: 10 }, (_, triple) => 3 * triple).flatMap((start): [number, number][] => [
    [start, start + 1],
    [start, start + 2],
    [start + 1, start + 2],
  ]);
  expect(compactLetters(new Array(30).fill(0), claims(differing), 0.05)).toBeUndefined();
});
