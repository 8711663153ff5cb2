import type { Problem } from '../base/validate.ts';

/** A check of a text that has to parse first; what the parser throws is a problem of the whole. */
export function parsedBy(
  parse: (text: string) => unknown,
  check: (value: unknown) => Problem[],
): (text: string) => Problem[] {
  return (text) => {
    let value: unknown;
    try {
      value = parse(text);
    } catch (cause) {
      return [{ path: [], message: `It cannot be parsed: ${(cause as Error).message}`, suggestion: undefined }];
    }
    return check(value);
  };
}
