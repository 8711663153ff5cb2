import { expect, test } from 'vitest';
import { ErrorInfo, exitCodes, SkiagramError, toErrorInfo } from '../../src/base/error.ts';
import { problemsOf } from '../../src/base/validate.ts';

test('an error for the user keeps its code, hint and cause as a record that fits its schema', () => {
  const info = toErrorInfo(
    new SkiagramError({ code: 'a-b', message: 'Not there.', hint: 'Make it.', cause: new Error('ENOENT') }),
  );
  expect(info).toEqual({ code: 'a-b', message: 'Not there.', hint: 'Make it.', cause: 'ENOENT' });
  expect(problemsOf(ErrorInfo, info)).toEqual([]);
});

test.each([[new TypeError('x is undefined')], ['a string'], [undefined], [null]])(
  'anything else that is thrown, such as %s, is called a bug and still fits the schema',
  (thrown) => {
    const info = toErrorInfo(thrown);
    expect(info).toMatchObject({ code: 'internal', hint: expect.stringContaining('bug in Skiagram') });
    expect(problemsOf(ErrorInfo, info)).toEqual([]);
  },
);

test('an error ends a command with the exit code of bad input unless it says otherwise', () => {
  expect(new SkiagramError({ code: 'a', message: 'b' }).exitCode).toBe(exitCodes.input);
  expect(new SkiagramError({ code: 'a', message: 'b', exitCode: exitCodes.usage }).exitCode).toBe(2);
});
