/** Longest name or sentence that goes into a log, a table or an attribute; what is beyond it ends in an ellipsis. */
const longest = 600;

/**
 * Text of outsiders (names of models, tasks, files) as one line: line breaks and tabs become spaces; control characters, those of
 * bidirectional text and halves of surrogate pairs become U+FFFD; very long text is cut between characters.
 */
export function plainLine(text: string, limit = longest): string {
  const line = text
    .toWellFormed()
    .replace(/[\s\u2028\u2029]+/g, ' ')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced here
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g, '\uFFFD')
    .trim();
  if (line.length <= limit) return line;
  return `${line
    .slice(0, limit - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, '')}…`;
}
