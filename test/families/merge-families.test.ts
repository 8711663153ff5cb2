import { describe, expect, test } from 'vitest';
import type { SkiagramError } from '../../src/base/error.ts';
import { problemsOf } from '../../src/base/validate.ts';
import { FamiliesDocument } from '../../src/families/families-document.ts';
import { findTask } from '../../src/families/find-task.ts';
import { resolveTaxonomy } from '../../src/families/resolve-taxonomy.ts';

const base: FamiliesDocument = {
  families: {
    knowledge: {
      title: 'Knowledge',
      tasks: {
        mmlu: { aliases: ['cais/mmlu'], match: ['mmlu_*'], metrics: ['acc'], chance: 0.25 },
        arc: { aliases: ['ARC-C'], metrics: ['acc'], chance: 0.25 },
      },
    },
    math: { tasks: { gsm8k: { metrics: ['exact_match'], chance: 0 } } },
  },
};
const layered = (own: FamiliesDocument) => {
  expect(problemsOf(FamiliesDocument, own)).toEqual([]);
  return resolveTaxonomy([base, own], undefined);
};
const familyOf = (rules: ReturnType<typeof layered>, name: string): string | undefined =>
  findTask(rules, name)?.rule.family;

test('a task of the upper file replaces the lower one, moves it, and keeps its names and patterns', () => {
  const rules = layered({ families: { exams: { tasks: { MMLU: { metric: 'acc_norm', chance: 0.2 } } } } });
  for (const name of ['mmlu', 'cais/mmlu', 'mmlu_anatomy']) expect(familyOf(rules, name)).toBe('exams');
  expect(findTask(rules, 'mmlu')?.rule.metrics).toMatchObject([{ metric: 'acc_norm', filter: 'none', chance: 0.2 }]);
  expect(familyOf(rules, 'arc')).toBe('knowledge');
});

test('an alias that the upper file uses as a task of its own is taken off the lower task, which stays', () => {
  const rules = layered({ families: { science: { tasks: { arc_c: { metric: 'acc', chance: 0.25 } } } } });
  expect([familyOf(rules, 'ARC-C'), familyOf(rules, 'arc')]).toEqual(['science', 'knowledge']);
});

test('a family of the same id is extended and keeps its title', () => {
  const rules = layered({ families: { knowledge: { tasks: { trivia: { metric: 'em', chance: 0 } } } } });
  expect(rules.families.map(({ title }) => title)).toEqual(['Knowledge', 'math']);
  expect(familyOf(rules, 'trivia')).toBe('knowledge');
  expect(familyOf(rules, 'mmlu')).toBe('knowledge');
});

test('one part of a benchmark can be read as a task of its own', () => {
  const rules = layered({ families: { law: { tasks: { mmlu_law: { metric: 'acc', chance: 0.25 } } } } });
  expect([familyOf(rules, 'mmlu_law'), familyOf(rules, 'mmlu_anatomy')]).toEqual(['law', 'knowledge']);
});

test('an equally specific pattern of the upper file wins', () => {
  const rules = layered({ families: { mine: { tasks: { parts: { match: ['*_anat'], metric: 'acc', chance: 0 } } } } });
  expect(familyOf(rules, 'mmlu_anat')).toBe('mine');
});

test('null takes a task out, under any of its names', () => {
  for (const name of ['arc', 'ARC-C'])
    expect(familyOf(layered({ families: { knowledge: { tasks: { [name]: null } } } }), 'arc')).toBeUndefined();
});

describe('what contradicts itself is refused', () => {
  const refused = (documents: FamiliesDocument | FamiliesDocument[]): SkiagramError => {
    try {
      resolveTaxonomy(documents, undefined);
    } catch (thrown) {
      return thrown as SkiagramError;
    }
    throw new Error('it was accepted');
  };
  const task = { metric: 'acc', chance: 0.25 };

  test.each<[string, string, FamiliesDocument['families']]>([
    ['two exact names', '"a" and "b"', { a: { tasks: { x: task } }, b: { tasks: { x: task } } }],
    ['a name in two spellings', '"a" and "b"', { a: { tasks: { 'x-y': task } }, b: { tasks: { X_Y: task } } }],
    [
      'a name and an alias',
      '"a" and "b" (as y)',
      { a: { tasks: { x: task } }, b: { tasks: { y: { ...task, aliases: ['X'] } } } },
    ],
    [
      'two aliases',
      '"a" (as x) and "b" (as y)',
      { a: { tasks: { x: { ...task, aliases: ['z'] } } }, b: { tasks: { y: { ...task, aliases: ['z'] } } } },
    ],
    [
      'the same pattern',
      '"a" (as x) and "b" (as y)',
      { a: { tasks: { x: { ...task, match: ['z*'] } } }, b: { tasks: { y: { ...task, match: ['Z*'] } } } },
    ],
    [
      'twice in one family',
      'named twice',
      { a: { tasks: { x: { ...task, aliases: ['z'] }, y: { ...task, aliases: ['z'] } } } },
    ],
  ])('%s', (_, part, families) => {
    const error = refused({ families });
    expect(error).toMatchObject({ code: 'family-task-twice', exitCode: 2 });
    expect(error.message).toContain(part);
  });

  test('two equally specific patterns, once a task fits both', () => {
    const rules = resolveTaxonomy(
      {
        families: {
          a: { tasks: { x: { ...task, match: ['ab*'] } } },
          b: { tasks: { y: { ...task, match: ['*bc'] } } },
        },
      },
      undefined,
    );
    expect(() => findTask(rules, 'abc')).toThrowError(expect.objectContaining({ code: 'family-task-twice' }));
    expect(findTask(rules, 'abd')?.rule.family).toBe('a');
  });

  test.each<[string, FamiliesDocument['families']]>([
    ['task-without-metric', { a: { tasks: { x: { chance: 0 } } } }],
    ['task-without-metric', { a: { tasks: { x: { metric: 'acc', metrics: ['acc'], chance: 0 } } } }],
    ['chance-not-below-max', { a: { tasks: { x: { metric: 'acc', chance: 0.5, max: 0.5 } } } }],
    ['chance-not-below-max', { a: { tasks: { x: { metric: 'acc', chance: 0, max: null } } } }],
    ['chance-not-below-max', { a: { tasks: { x: { metrics: [{ metric: 'acc', max: 0.2 }], chance: 0.25 } } } }],
    [
      'chance-of-falling-metric',
      { a: { tasks: { x: { metrics: [{ metric: 'wer', chance: 0 }], chance: null, direction: 'down' } } } },
    ],
  ])('%s', (code, families) => {
    expect(refused({ families })).toMatchObject({ code, exitCode: 2 });
  });

  test('taking out a task that is not there names the one that was probably meant', () => {
    expect(refused([base, { families: { math: { tasks: { gsm8: null } } } }])).toMatchObject({
      code: 'families-remove-unknown',
      hint: expect.stringContaining('"gsm8k"'),
    });
  });
});
