/** Deepest nesting that is read. Real results reach about 12. */
const maxDepth = 200;

/** What is wrong with a JSON text although a parser would take it, and where. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  readonly what: string;
}

/** One open object or array; only objects have keys. */
interface Level {
  readonly keys: Set<string> | undefined;
  /** In an object: the next string is a key. */
  atKey: boolean;
}

/**
 * Finds nesting deeper than 200 and keys that come twice in one object, in one pass without recursion. Syntax is not
 * checked: that is the parser's.
 */
export function scanJson(text: string): JsonFault | undefined {
  const levels: Level[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === quote) {
      const end = endOfString(text, at);
      const level = levels.at(-1);
      if (level?.keys && level.atKey) {
        const key = text.slice(at + 1, end);
        if (level.keys.has(key)) return fault(text, at, `the key "${key.slice(0, 60)}" comes twice`);
        level.keys.add(key);
        level.atKey = false;
      }
      at = end;
    } else if (character === openBrace || character === openBracket) {
      if (levels.length >= maxDepth) return fault(text, at, `it is nested deeper than ${maxDepth} levels`);
      levels.push(character === openBrace ? { keys: new Set(), atKey: true } : { keys: undefined, atKey: false });
    } else if (character === closeBrace || character === closeBracket) levels.pop();
    else if (character === comma) {
      const level = levels.at(-1);
      if (level) level.atKey = true;
    }
  }
  return undefined;
}

const [quote, backslash, openBrace, closeBrace, openBracket, closeBracket, comma] = [34, 92, 123, 125, 91, 93, 44];

/** Index of the quote that closes the string opened at `start`; the text's length where none does. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === backslash) backslashes++;
    if (backslashes % 2 === 0) return at;
  }
  return text.length;
}

function fault(text: string, at: number, what: string): JsonFault {
  const before = text.slice(0, at);
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n'), what };
}
