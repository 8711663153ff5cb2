/** How a Python program ended, as far as its stderr tells. */
export interface PythonFailure {
  /** Class of the last uncaught exception without its module, e.g. `FileNotFoundError`; undefined without a traceback. */
  readonly exception: string | undefined;
  /** Its message, all lines; empty where there is none. */
  readonly message: string;
  /** Names of the functions of the last traceback, outermost first. */
  readonly frames: readonly string[];
}

/**
 * Finds the last uncaught exception among lines of stderr. Chained tracebacks print causes first, so the last is the
 * one that ended the program.
 *
 * @example `['Traceback (most recent call last):', '  File "x.py", line 3, in load', 'a.b.SomeError: no']` gives
 *   `{exception: 'SomeError', message: 'no', frames: ['load']}`.
 */
export function lastException(lines: readonly string[]): PythonFailure {
  const start = lines.findLastIndex((line) => line.startsWith('Traceback (most recent call last)'));
  const traceback = start === -1 ? lines : lines.slice(start + 1);
  const at = traceback.findIndex((line) => exceptionLine.test(line));
  const found = at === -1 ? undefined : exceptionLine.exec(traceback[at] ?? '')?.groups;
  return {
    exception: found?.name,
    message: found === undefined ? '' : [found.message ?? '', ...traceback.slice(at + 1)].join('\n').trim(),
    frames: traceback.flatMap((line) => /^ {2}File ".*", line \d+, in (.+)$/.exec(line)?.[1] ?? []),
  };
}

const exceptionLine =
  /^(?:[A-Za-z_]\w*\.)*(?<name>[A-Z]\w*(?:Error|Exception|Interrupt|Exit|Warning)|StopIteration)(?:: ?(?<message>.*))?$/;
