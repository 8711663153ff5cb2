/** Control characters, and those that turn the reading order around or end a line unseen. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is made visible here
const unseen = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * Text of an outsider (file, model and task names, harness output) as one line that shows what is in it: a control character can
 * neither drive a terminal, nor break a message over two lines, nor show it in another order.
 *
 * @example `visible('a\nb\u001b[31m')` is `a␊b␛[31m`; `visible('\u202e')` is `⟨U+202E⟩`
 */
export function visible(text: string): string {
  return text.replace(unseen, shown);
}

/** The same for text that may have lines and columns of its own: line feeds and tabs stay. */
export function visibleLines(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(unseen, (letter) => (letter === '\n' || letter === '\t' ? letter : shown(letter)));
}

function shown(letter: string): string {
  const code = letter.charCodeAt(0);
  // Unicode draws the ASCII control characters: U+2400 + code, and U+2421 for delete.
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}
