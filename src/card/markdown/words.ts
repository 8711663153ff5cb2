/** Symbols and short names that a card may hold, with what they mean. */
const words: readonly (readonly [symbol: RegExp, text: string])[] = [
  [/α/, '**α**: tail exponent of a weight matrix: how fast its spectrum falls off at the large end.'],
  [/κ/, '**κ**: a score with guessing put at 0 and the maximum at 1; a κ-point is a hundredth of that.'],
  [/D̄/, '**D̄**: mean depth of change over the matrices, from 0 (as the base) to 1 (nothing of the base is left).'],
  [/Ḡ/, '**Ḡ**: mean change of geometry over the matrices, from 0 (no more than chance) to 1.'],
  [/(?<!\w)S = /, '**S**: contrast, the mean gain of the targeted abilities less that of the others.'],
  [/τ/, '**τ**: spread of the true gains of abilities around their mean.'],
  [/σ/, '**σ**: spread of a measured number, as a standard error.'],
  [/(?<!\w)D &gt;/, '**D** of a fit: greatest distance between the tail of a spectrum and the law fitted to it.'],
  [/Wilson/, '**Wilson**: an interval for a share that never leaves 0 to 1 and holds for few questions as well.'],
  [/clustered/, '**clustered**: questions that share a passage, an image or a template count as one draw.'],
  [
    /\| acc(?:\\_norm)?[ ,]/,
    '**acc**: share of questions answered correctly, as the harness counts them; **acc\\_norm** allows for the length of the options.',
  ],
  [/exact\\_match/, '**exact\\_match**: share of answers that are the expected text.'],
  [/pass@\d/, '**pass@k**: share of problems that one of k answers solves.'],
  [/λ/, '**λ**: an eigenvalue, the energy of a matrix in one direction.'],
];

/** An explanation of every symbol that a text holds; none where it holds none. */
export function wordLines(text: string): string[] {
  const found = words.filter(([symbol]) => symbol.test(text)).map(([, line]) => `- ${line}`);
  return found.length > 0 ? ['### Symbols and short names', found.join('\n')] : [];
}
