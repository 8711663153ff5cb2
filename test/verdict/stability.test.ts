import { expect, test } from 'vitest';
import { joinDossier } from '../../src/dossier/join.ts';
import type { Taxonomy } from '../../src/families/taxonomy.ts';
import { findAll } from '../../src/findings/find.ts';
import { decide } from '../../src/verdict/decide.ts';
import type { ComparisonVerdict } from '../../src/verdict/verdict.ts';
import {
  checkpoint,
  type FamilyName,
  familyNames,
  flat,
  joinInput,
  light,
  pairDiagnosis,
  taxonomy,
} from '../dossier/parts.ts';

/** One targeted family carries the gain; the other hardly rose. */
const oneCarries = (family: FamilyName): number => (family === 'puzzles' ? 0.8 : family === 'sums' ? 0.43 : 0.4);
const judged = (share: typeof oneCarries, grouping: Taxonomy = taxonomy, argue = true): ComparisonVerdict => {
  const input = joinInput([
    checkpoint('base', '0', flat),
    checkpoint('sft', '1', share, { base: 'base', pair: pairDiagnosis(light) }),
  ]);
  const dossier = joinDossier({ ...input, taxonomy: grouping });
  const coarse = { groups: { everything: { title: 'Everything', families: [...familyNames] } } };
  const [verdict] = decide(dossier, findAll(dossier), { argue, coarse: coarse as never }).comparisons;
  if (!verdict) throw new Error('no verdict');
  return verdict;
};
const without = (family: FamilyName): Taxonomy => ({
  ...taxonomy,
  families: taxonomy.families.filter(({ id }) => id !== family),
});

test('without each family it is what a suite without that family would have given', () => {
  const { stability } = judged(oneCarries);
  expect(stability?.withoutFamily.map(({ family }) => family)).toEqual([...familyNames]);
  for (const { family, verdict } of stability?.withoutFamily ?? [])
    expect(verdict, family).toBe(judged(oneCarries, without(family as FamilyName), false).verdict);
});

test('a gain that one family carries is unstable, and the verdict names the family', () => {
  const { verdict, stability, reasonCodes } = judged(oneCarries);
  expect(verdict).toBe('benchmark-shadow');
  expect(stability?.stable).toBe(false);
  expect(stability?.withoutFamily.find(({ family }) => family === 'puzzles')?.same).toBe(false);
  expect(reasonCodes.find(({ code }) => code === 'rests-on-family')?.text).toContain('Without puzzles');
});
