import { expect, inject, test } from 'vitest';
import { cardFormatIds } from '../../src/card/format.ts';
import { cardFiles, cardsOf, onlyCard } from '../../src/pipeline/run-cards.ts';
import { folder } from '../harness/stage.ts';

const run = inject('exampleRun');
const publisher = { organization: null, relationship: 'other', source: null } as const;

test('equal artifacts give equal bytes, and each card has a folder of its own', async () => {
  const [one, two] = [await cardsOf({ folder: run, publisher }), await cardsOf({ folder: run, publisher })];
  expect(one.map(({ stem }) => stem)).toEqual(['base', 'narrow', 'broad-1', 'broad-2', 'broad', 'rebuilt']);
  for (const [index, { card }] of one.entries())
    expect(cardFiles(card, cardFormatIds)).toEqual(cardFiles(two[index]?.card ?? card, cardFormatIds));
});

test('one card is the one named, or the only one with a base', async () => {
  const cards = await cardsOf({ folder: run, publisher });
  expect(() => onlyCard(cards, '--into')).toThrow(expect.objectContaining({ code: 'card-ambiguous', exitCode: 2 }));
  expect(onlyCard(cards.slice(0, 2), '--into').model.checkpoint).toBe('narrow');
  const [base] = await cardsOf({ folder: run, publisher, checkpoint: 'base' });
  expect(onlyCard(base ? [base] : [], '--into').model.checkpoint).toBe('base');
});

test('no run, and a checkpoint that it does not hold', async () => {
  await expect(cardsOf({ folder: await folder(), publisher })).rejects.toMatchObject({
    code: 'run-missing',
    exitCode: 2,
  });
  await expect(cardsOf({ folder: '/no/such', publisher })).rejects.toMatchObject({ code: 'run-missing' });
  await expect(cardsOf({ folder: run, publisher, checkpoint: '../../x' })).rejects.toMatchObject({
    code: 'checkpoint-unknown',
  });
});
