import { malformed } from '../source/malformed.ts';

/**
 * The YAML between the two `---` lines at the top of a Markdown file.
 *
 * @returns the text, and the line of the file at which it begins
 * @throws SkiagramError `results-malformed` where there is no front matter, or it is not closed
 */
export function frontMatter(text: string, file: string): { yaml: string; firstLine: number } {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (lines[0]?.trimEnd() !== '---') throw malformed(file, 'line 1', 'the front matter must begin with "---" here');
  const end = lines.findIndex((line, index) => index > 0 && /^(?:---|\.\.\.)\s*$/.test(line));
  if (end === -1) throw malformed(file, `line ${lines.length}`, 'the front matter is not closed by a line "---"');
  return { yaml: lines.slice(1, end).join('\n'), firstLine: 2 };
}
