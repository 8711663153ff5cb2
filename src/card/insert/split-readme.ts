import { SkiagramError } from '../../base/error.ts';
import { linesOf } from './lines.ts';

/** A README in its parts; joined they are the file again. `yaml` is undefined where there is no front matter. */
export interface Readme {
  /** A byte order mark and the opening `---`. */
  readonly head: string;
  readonly yaml: string | undefined;
  /** The closing `---` with its line end. */
  readonly fence: string;
  readonly body: string;
  /** Line of the file at which the body begins. */
  readonly bodyLine: number;
}

/**
 * Splits a model card as the hub does: front matter begins in the first line.
 *
 * @throws SkiagramError `card-front-matter` where it is not closed
 */
export function splitReadme(text: string, file: string): Readme {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const lines = linesOf(text);
  const isFence = (line: string): boolean => /^---[ \t]*$/.test(line);
  if (!isFence((lines[0]?.text ?? '').replace('\uFEFF', '')))
    return { head: mark, yaml: undefined, fence: '', body: text.slice(mark.length), bodyLine: 1 };
  const close = lines.findIndex(({ text: line }, index) => index > 0 && isFence(line));
  const [first, last] = [lines[0], lines[close]];
  if (!first || !last || close < 1)
    throw new SkiagramError({
      code: 'card-front-matter',
      message: `${file}: the front matter that begins in line 1 is not closed by a line "---".`,
      hint: 'Close it; if line 1 is meant as a rule, put an empty line before it.',
    });
  return {
    head: text.slice(0, first.end),
    yaml: text.slice(first.end, last.start),
    fence: text.slice(last.start, last.end),
    body: text.slice(last.end),
    bodyLine: close + 2,
  };
}
