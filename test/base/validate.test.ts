import Type from 'typebox';
import { describe, expect, test } from 'vitest';
import { didYouMean } from '../../src/base/did-you-mean.ts';
import { Measured } from '../../src/base/measured.ts';
import { pathText, problemsOf } from '../../src/base/validate.ts';

const Schema = Type.Object(
  {
    engine: Type.Enum(['auto', 'native', 'portable']),
    suites: Type.Array(
      Type.Object({ id: Type.String(), limit: Type.Optional(Type.Number()) }, { additionalProperties: false }),
    ),
  },
  { additionalProperties: false },
);

describe('problems of a document', () => {
  test('a valid one has none', () => {
    expect(problemsOf(Schema, { engine: 'auto', suites: [{ id: 'a' }] })).toEqual([]);
  });

  test('a key deep inside is named by its whole path, with the key that was meant', () => {
    const [problem] = problemsOf(Schema, { engine: 'auto', suites: [{ id: 'a' }, { id: 'b', limt: 3 }] });
    expect(problem).toMatchObject({ path: ['suites', '1', 'limt'], suggestion: 'limit' });
    expect(pathText(problem?.path ?? [])).toBe('suites[1].limt');
  });

  test('a wrong choice shows all choices, what was received and the nearest one', () => {
    expect(problemsOf(Schema, { engine: 'nativ', suites: [] })).toEqual([
      {
        path: ['engine'],
        message: 'Must be one of auto, native, portable; received "nativ".',
        suggestion: 'native',
      },
    ]);
  });

  test('every problem is listed, not only the first', () => {
    expect(problemsOf(Schema, { engine: 'x', suites: [{ limit: 'many' }] }).map((problem) => problem.path)).toEqual([
      ['engine'],
      ['suites', '0'],
      ['suites', '0', 'limit'],
    ]);
  });

  test('a key with a slash or a tilde keeps its name', () => {
    const problems = problemsOf(Type.Record(Type.String(), Type.Number()), { 'a/b~c': 'x' });
    expect(problems[0]?.path).toEqual(['a/b~c']);
  });

  test('the root itself is called the document', () => {
    expect(problemsOf(Schema, null).map((problem) => pathText(problem.path))).toEqual(['the document']);
  });

  test('a number that is not finite does not pass as a measured value', () => {
    expect(problemsOf(Measured, { status: 'ok', value: Number.NaN })).not.toEqual([]);
    expect(problemsOf(Measured, { status: 'ok', value: Number.POSITIVE_INFINITY })).not.toEqual([]);
  });
});

test.each([
  ['taks', ['tasks', 'metrics'], 'tasks'],
  ['Tasks', ['tasks'], 'tasks'],
  ['completely-different', ['tasks', 'metrics'], undefined],
  ['anything', [], undefined],
] as const)('for "%s" among %j the name that was meant is %s', (name, known, meant) => {
  expect(didYouMean(name, known)).toBe(meant);
});
