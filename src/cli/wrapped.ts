/**
 * A text in lines of at most `width` columns, broken at blanks; a word that is longer is broken where it must. Blanks at its
 * beginning are kept.
 *
 * @param indent what further lines begin with
 */
export function wrapped(text: string, width: number, indent = ''): string[] {
  const start = /^ */.exec(text)?.[0] ?? '';
  const lines: string[] = [];
  let line = start;
  let empty = true;
  for (const word of text.slice(start.length).split(' ')) {
    let rest = word;
    while (line.length + (empty ? 0 : 1) + rest.length > width) {
      if (!empty) {
        lines.push(line);
        line = indent;
        empty = true;
        continue;
      }
      const room = Math.max(1, width - line.length);
      lines.push(line + rest.slice(0, room));
      rest = rest.slice(room);
      line = indent;
    }
    line += empty ? rest : ` ${rest}`;
    empty = false;
  }
  return [...lines, line];
}
