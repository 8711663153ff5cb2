import { expect, test } from 'vitest';
import { coarsen } from '../../src/families/coarsen.ts';
import type { Side } from '../../src/families/family.ts';
import type { Taxonomy } from '../../src/families/taxonomy.ts';
import { coarseFamilies, defaultFamilies } from '../../src/pipeline/load-taxonomy.ts';

const taxonomy = (sides: Record<string, Side>): Taxonomy => ({
  families: Object.entries(sides).map(([id, side]) => ({
    id,
    title: id,
    side,
    tasks: [{ id: `${id}_task`, metric: 'acc', filter: 'none', chance: 0, max: 1, source: 's' }],
  })),
  axis: {
    declared: true,
    targeted: Object.keys(sides).filter((id) => sides[id] === 'targeted'),
    coverage: Object.keys(sides).filter((id) => sides[id] === 'coverage'),
  },
});
const coarse = {
  groups: {
    seeing: { title: 'Seeing', families: ['ocr', 'vqa'] },
    thinking: { title: 'Thinking', families: ['math', 'logic'] },
  },
};

test('families are joined, tasks and sides kept', () => {
  const { families, axis } = coarsen(
    taxonomy({ ocr: 'targeted', math: 'coverage', vqa: 'other', logic: 'coverage' }),
    coarse,
  );
  expect(families.map(({ id, title, side, tasks }) => [id, title, side, tasks.map((task) => task.id)])).toEqual([
    ['seeing', 'Seeing', 'targeted', ['ocr_task', 'vqa_task']],
    ['thinking', 'Thinking', 'coverage', ['math_task', 'logic_task']],
  ]);
  expect(axis).toEqual({ declared: true, targeted: ['seeing'], coverage: ['thinking'] });
});

test('a group with families on both sides is on neither, and an axis that loses a side is not declared', () => {
  expect(coarsen(taxonomy({ ocr: 'targeted', vqa: 'coverage', math: 'coverage' }), coarse).axis).toEqual({
    declared: false,
    targeted: [],
    coverage: ['thinking'],
  });
});

test('families that the grouping does not name stay as they are', () => {
  expect(coarsen(taxonomy({ own: 'other' }), coarse).families).toEqual(taxonomy({ own: 'other' }).families);
});

test('families/coarse.yaml names every built-in family once', async () => {
  const { groups } = await coarseFamilies();
  const named = Object.values(groups).flatMap((group) => group.families);
  expect([...named].sort()).toEqual(Object.keys((await defaultFamilies()).families).sort());
});
