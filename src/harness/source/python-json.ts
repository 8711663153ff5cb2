/** A JSON value with the number of non-finite tokens that had to be replaced to read it. */
export interface ParsedJson {
  readonly value: unknown;
  readonly nonFinite: number;
}

/**
 * Parses what Python's `json` writes: JSON plus bare `NaN`, `Infinity` and `-Infinity`. These become null.
 *
 * @throws SyntaxError where the text is no JSON even so
 * @example `parsePythonJson('[NaN, "NaN"]')` is `{value: [null, 'NaN'], nonFinite: 1}`.
 */
export function parsePythonJson(text: string): ParsedJson {
  try {
    return { value: JSON.parse(text), nonFinite: 0 };
  } catch (error) {
    const { replaced, count } = replaceNonFinite(text);
    if (count === 0) throw error;
    return { value: JSON.parse(replaced), nonFinite: count };
  }
}

/** Scans by hand: one regular expression over strings of many megabytes can exhaust the engine's stack. */
function replaceNonFinite(text: string): { replaced: string; count: number } {
  const token = /-?Infinity|NaN/y;
  const parts: string[] = [];
  let kept = 0;
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') {
      at = endOfString(text, at);
    } else if (character === 'N' || character === 'I' || character === '-') {
      token.lastIndex = at;
      const found = token.exec(text)?.[0];
      if (found === undefined) continue;
      parts.push(text.slice(kept, at), 'null');
      at += found.length - 1;
      kept = at + 1;
      count++;
    }
  }
  return { replaced: parts.join('') + text.slice(kept), count };
}

/** Index of the quote that closes the string opened at `start`; the text's length where none does. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text[at - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return at;
  }
  return text.length;
}
