import type { LeftOut } from '../model-card.ts';
import type { IndexEntry } from '../model-index-entry.ts';
import { yamlText } from '../yaml-text.ts';
import { putBetweenMarkers } from './between-markers.ts';
import { lineEnd } from './lines.ts';
import { mergeModelIndex } from './merge-model-index.ts';
import { splitReadme } from './split-readme.ts';

/** What goes into a README; a part that is left out stays as it is there. */
export interface CardParts {
  readonly section?: string | undefined;
  readonly entry?: IndexEntry | undefined;
}

/**
 * A README with the card in it: the section between its markers, the results in its front matter. Everything else stays to the byte.
 *
 * @param readme whole text of the file, a byte order mark included; empty for a file to be made
 * @throws SkiagramError `card-markers`, `card-front-matter`
 */
export function insertCard(
  readme: string,
  { section, entry }: CardParts,
  file: string,
): { readonly text: string; readonly leftOut: readonly LeftOut[] } {
  const { head, yaml, fence, body, bodyLine } = splitReadme(readme, file);
  const end = lineEnd(readme);
  const after = section === undefined ? body : putBetweenMarkers(body, section, { file, firstLine: bodyLine });
  if (!entry) return { text: head + (yaml ?? '') + fence + after, leftOut: [] };
  if (yaml === undefined) {
    const front = ['---', yamlText({ 'model-index': [entry] }).trimEnd(), '---', ''].join('\n').replaceAll('\n', end);
    return { text: head + front + after, leftOut: [] };
  }
  const merged = mergeModelIndex(yaml, entry, file);
  return { text: head + merged.yaml + fence + after, leftOut: merged.leftOut };
}
