/** A line of a text with its end, and where it begins. */
export interface Line {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Lines of a text whose ends may be LF, CRLF or CR; joined they are the text again. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (const match of text.matchAll(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g))
    lines.push({ text: match[0].replace(/[\r\n]+$/, ''), start: match.index, end: match.index + match[0].length });
  return lines;
}

/** How a text ends its lines: as its first one does, LF where it has one line. */
export function lineEnd(text: string): '\r\n' | '\n' {
  return /^[^\n]*\r\n/.test(text) ? '\r\n' : '\n';
}
