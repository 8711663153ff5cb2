import { SkiagramError } from '../../base/error.ts';
import { lineEnd, linesOf } from './lines.ts';

export const beginMarker = '<!-- skiagram:begin -->';
export const endMarker = '<!-- skiagram:end -->';

/**
 * Puts a section between the markers of a README, or with them at its end where it has none. Not a byte outside the markers is
 * touched, and the same section twice gives the same bytes. Markers in fenced code are code.
 *
 * @param body the text after the front matter; `firstLine` is the line of the file at which it begins
 * @throws SkiagramError `card-markers` where a marker is misspelt, alone, doubled or in the wrong order
 */
export function putBetweenMarkers(body: string, section: string, { file, firstLine }: Place): string {
  const end = lineEnd(body);
  const block = [beginMarker, section.trim(), endMarker].join('\n\n').replaceAll('\n', end);
  const found = markersOf(body);
  if (found.length === 0) {
    const gap = body === '' ? '' : /(?:\r\n|\r|\n)$/.test(body) ? end : end + end;
    return `${body}${gap}${block}${end}`;
  }
  const [begin, close] = found;
  if (found.length !== 2 || begin?.kind !== 'begin' || close?.kind !== 'end')
    throw new SkiagramError({
      code: 'card-markers',
      message: `${file} holds ${found.map(({ kind, line }) => `${names[kind]} in line ${line + firstLine - 1}`).join(', ')}; expected is one ${beginMarker} and, below it, one ${endMarker}.`,
      hint: 'Mend the markers by hand, or remove them all to have the section added at the end.',
    });
  return body.slice(0, begin.start) + block + body.slice(close.end);
}

interface Place {
  readonly file: string;
  readonly firstLine: number;
}
interface Marker {
  readonly kind: 'begin' | 'end' | 'other';
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

const names: Readonly<Record<Marker['kind'], string>> = {
  begin: beginMarker,
  end: endMarker,
  other: 'a damaged skiagram marker',
};

/** What someone meant as a marker: a comment that begins with our name, or the rest of one whose beginning was cut off. */
const lookalikes = /<!-{0,2}\s*skiagram\b[^>\r\n]*>?|(?<!<|&lt;)!?--\s*skiagram:\s*(?:begin|end)\s*-->/gi;

/** Markers outside fenced code, in order; what only looks like one is `other`. */
function markersOf(body: string): Marker[] {
  let fence = '';
  return linesOf(body).flatMap(({ text, start }, index): Marker[] => {
    const opened = /^ {0,3}(`{3,}|~{3,})/.exec(text)?.[1];
    if (fence !== '') {
      if (opened?.startsWith(fence) && /^ {0,3}[`~]+\s*$/.test(text)) fence = '';
      return [];
    }
    if (opened) {
      fence = opened;
      return [];
    }
    return [...text.matchAll(lookalikes)].map((match) => ({
      kind: match[0] === beginMarker ? 'begin' : match[0] === endMarker ? 'end' : 'other',
      line: index + 1,
      start: start + match.index,
      end: start + match.index + match[0].length,
    }));
  });
}
