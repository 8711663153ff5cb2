/**
 * The first key that occurs twice in one object of a JSON text, or undefined. `JSON.parse` silently keeps the last one,
 * so two readers of such a file may see different tensors. The text must be valid JSON; `{"a": 1, "\u0061": 2}` gives "a".
 */
export function duplicateKey(text: string): string | undefined {
  // One set of keys for each open object, null for each open array.
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '{') open.push(new Set());
    else if (character === '[') open.push(null);
    else if (character === '}' || character === ']') open.pop();
    else if (character === '"') {
      const end = stringEnd(text, at);
      const keys = open.at(-1);
      if (keys && followedByColon(text, end)) {
        const key = JSON.parse(text.slice(at, end + 1)) as string;
        if (keys.has(key)) return key;
        keys.add(key);
      }
      at = end;
    }
  }
  return undefined;
}

/** Index of the quote that closes the string opened at `begin`. */
function stringEnd(text: string, begin: number): number {
  let at = begin + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

function followedByColon(text: string, end: number): boolean {
  let at = end + 1;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at++;
  return text[at] === ':';
}
