import { expect, test } from 'vitest';
import { chanceUnder } from '../../src/families/protocol.ts';

test.each([
  [null, 0.25, undefined, 0.25],
  ['pass@4', 0.25, undefined, 1 - 0.75 ** 4],
  ['pass@1', 0.25, undefined, 0.25],
  ['circular', 0.25, 4, 0.25 ** 4],
  ['circular', 0, undefined, 0],
  ['avg@4', 0.0717, undefined, 0.0717],
  ['mean of 4 epochs', 0.2, undefined, 0.2],
  ['maj@8', 0.25, undefined, 0.25],
])('under %s chance %s of %s options is %s', (protocol, chance, options, expected) => {
  const level = chanceUnder(protocol, chance, options);
  expect('chance' in level ? level.chance : level.unknown).toBeCloseTo(expected, 12);
});

test('pass@4 of four options is the 0.684 of HARNESS § 6', () => {
  expect(chanceUnder('pass@4', 0.25, 4)).toEqual({ chance: 0.68359375 });
});

test('guessing k times and keeping the best scores what the formula says', () => {
  // Every one of the 4³ ways to guess three times, counted.
  let right = 0;
  for (let guess = 0; guess < 64; guess++) right += [guess % 4, (guess >> 2) % 4, guess >> 4].includes(0) ? 1 : 0;
  expect(chanceUnder('pass@3', 0.25, 4)).toEqual({ chance: right / 64 });
});

test.each([
  ['worst of 10', 4, 'worst of 10'],
  ['circular', undefined, 'number of options'],
])('%s is not guessed', (protocol, options, part) => {
  expect(chanceUnder(protocol, 0.25, options)).toEqual({ unknown: expect.stringContaining(part) });
});
