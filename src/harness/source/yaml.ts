import { LineCounter, parseDocument } from 'yaml';
import { SkiagramError } from '../../base/error.ts';

/** Longest YAML that is read. A model card with hundreds of results has 200 kB. */
const maxCharacters = 4 * 1024 * 1024;

/** Deepest nesting; the parser is recursive. Real front matter reaches 8. */
const maxDepth = 100;

/**
 * Parses untrusted YAML (1.2, core schema: no tags that make anything but plain values). A key that comes twice, more
 * than one document, and aliases that unfold without end are refused.
 *
 * @param firstLine line of the file at which `text` begins, for errors
 * @throws SkiagramError `results-malformed` naming file, line and column
 */
export function parseYaml(text: string, name: string, firstLine = 1): unknown {
  if (text.trim() === '') throw malformed(`${name}:${firstLine}:1`, 'it is empty');
  if (text.length > maxCharacters)
    throw malformed(`${name}:${firstLine}:1`, `it has more than ${maxCharacters} characters`);
  if (tooDeep(text)) throw malformed(`${name}:${firstLine}:1`, `it is nested deeper than ${maxDepth} levels`);
  const lines = new LineCounter();
  const document = parsed(text, lines, `${name}:${firstLine}:1`);
  const [fault] = [...document.errors, ...document.warnings];
  if (fault) {
    const { line, col } = lines.linePos(fault.pos[0]);
    throw malformed(`${name}:${line + firstLine - 1}:${col}`, `it is no valid YAML: ${fault.message}`);
  }
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    if (isCircular(value, [])) throw new Error('it leads into itself');
    return value;
  } catch (cause) {
    throw malformed(`${name}:${firstLine}:1`, `an alias cannot be resolved: ${(cause as Error).message}`);
  }
}

/** Syntax errors are in the document; what the parser throws is its stack giving out. */
function parsed(text: string, lineCounter: LineCounter, where: string): ReturnType<typeof parseDocument> {
  try {
    return parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: true, logLevel: 'silent' });
  } catch (cause) {
    throw malformed(where, `it cannot be parsed: ${(cause as Error).message}`);
  }
}

/** Can a value be reached from within itself? An alias may stand inside what it names. */
function isCircular(value: unknown, above: readonly object[]): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (above.includes(value)) return true;
  return Object.values(value).some((inner) => isCircular(inner, [...above, value]));
}

/** Brackets, `- - -` chains or indentation beyond the bound; cheap, and before any recursion. */
function tooDeep(text: string): boolean {
  let open = 0;
  for (const character of text) {
    if (character === '[' || character === '{') open++;
    else if ((character === ']' || character === '}') && open > 0) open--;
    if (open > maxDepth) return true;
  }
  return /^(?:[ \t]*[-?:][ \t]){100}/m.test(text) || new RegExp(`^ {${4 * maxDepth},}\\S`, 'm').test(text);
}

function malformed(where: string, what: string): SkiagramError {
  return new SkiagramError({
    code: 'results-malformed',
    message: `${where}: ${what}.`,
    hint: 'Check indentation, quotes and repeated keys at the place shown.',
  });
}
