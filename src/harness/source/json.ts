import { SkiagramError } from '../../base/error.ts';
import { type ParsedJson, parsePythonJson } from './python-json.ts';
import { scanJson } from './scan-json.ts';

export type { ParsedJson };

/**
 * Parses untrusted JSON as Python writes it (bare `NaN` and `Infinity` become null, and are counted). Deep nesting and
 * keys that come twice are refused before parsing: the first would exhaust the stack of whoever walks the value, of the
 * second a parser silently keeps one.
 *
 * @param name shown in errors
 * @throws SkiagramError `results-malformed` naming file, line and column
 */
export function parseJson(text: string, name: string): ParsedJson {
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (body.trim() === '') throw malformed(name, 'it is empty');
  const fault = scanJson(body);
  if (fault) throw malformed(`${name}:${fault.line}:${fault.column}`, fault.what);
  try {
    return parsePythonJson(body);
  } catch (cause) {
    throw malformed(place(body, name, cause as Error), `it is no JSON: ${(cause as Error).message}`);
  }
}

/** `name:line:column` where V8 says at which character it stopped. */
function place(text: string, name: string, error: Error): string {
  const position = /at position (\d+)/.exec(error.message)?.[1];
  const at = position === undefined ? text.length : Number(position);
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  return `${name}:${line}:${at - before.lastIndexOf('\n')}`;
}

function malformed(where: string, what: string): SkiagramError {
  return new SkiagramError({
    code: 'results-malformed',
    message: `${where}: ${what}.`,
    hint: 'The file may be cut short or edited: copy it again, or run the harness again.',
  });
}
