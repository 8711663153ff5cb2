import { describe, expect, it } from 'vitest';
import { lastException } from '../../../src/harness/lm-eval/traceback.ts';

describe('the last exception of a Python program', () => {
  it('is the last of a chain, with its functions and all lines of its message', () => {
    const lines = [
      'Traceback (most recent call last):',
      '  File "a.py", line 1, in first',
      'KeyError: 3',
      'The above exception was the direct cause of the following exception:',
      'Traceback (most recent call last):',
      '  File "b.py", line 2, in <module>',
      '    load()',
      '  File "b.py", line 9, in load',
      'package.errors.OddError: one',
      '(2) two',
    ];
    expect(lastException(lines)).toEqual({
      exception: 'OddError',
      message: 'one\n(2) two',
      frames: ['<module>', 'load'],
    });
  });

  it('may have no message, and there may be none at all', () => {
    expect(lastException(['Traceback (most recent call last):', 'KeyboardInterrupt'])).toMatchObject({
      exception: 'KeyboardInterrupt',
      message: '',
    });
    expect(lastException(['lm-eval: error: unrecognized arguments: --x'])).toEqual({
      exception: undefined,
      message: '',
      frames: [],
    });
  });
});
