/**
 * Text that stays text in Markdown (CommonMark and GitHub's extensions), wherever it stands in a line: the one place where
 * names of outsiders are escaped. Markup, HTML, entities, bare links and table bars are neutralised; line breaks become spaces;
 * control characters, and those that turn the direction of text, become U+FFFD. Nothing is cut.
 */
export function markdownText(text: string): string {
  return atLineStart(
    text
      .replaceAll(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')
      .replaceAll(unprintable, '\uFFFD')
      .trim()
      .replaceAll(
        /[&<>|\\`*_{}[\]#~$]|:(?=\/\/)|(?<=www)\.|(?<=[\w.+-])@(?=[\w-]+\.)/gi,
        (found) => entities[found] ?? `\\${found}`,
      ),
  );
}

/** A table of texts; cells are escaped, and every row has as many cells as the head. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map(markdownText).join(' | ')} |`;
  return [
    line(head),
    `| ${head.map(() => '---').join(' | ')} |`,
    ...rows.map((row) => line(head.map((_, column) => row[column] ?? ''))),
  ];
}

/** Controls, marks of bidirectional text, halves of surrogate pairs and non-characters. */
const unprintable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced here
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]/gu;

/** Characters that a backslash does not tame everywhere: in tables, and where bare links are made. */
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '|': '&#124;',
  ':': '&#58;',
  '.': '&#46;',
  '@': '&#64;',
};

/** What would begin a list, a heading's underline or a rule if it stood first in a line. */
function atLineStart(text: string): string {
  return text.replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2').replace(/^[-+](?=\s|$)|^-(?=[-\s]*$)|^=/, '\\$&');
}
