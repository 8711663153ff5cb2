/** Symbols that carry a verdict without colour. */
const symbols: Readonly<Record<string, string>> = {
  'benchmark-shadow': '▲',
  'specialised-rebuild': '◆',
  regression: '▼',
  inconclusive: '?',
  'no-change': '=',
  'neutral-rebuild': '=',
};

/** Verdicts in the order in which a reader should meet them: what asks for action first. */
const order = [
  'benchmark-shadow',
  'regression',
  'asymmetric-unclear',
  'asymmetric-unknown',
  'specialised-rebuild',
  'inconclusive',
  'neutral-rebuild',
  'no-change',
  'broad-gain-light',
  'broad-gain',
  'broad-learning',
];

/** Symbol of a verdict; `?` for one that this version does not know. */
export function symbolOf(verdict: string): string {
  return symbols[verdict] ?? (verdict.startsWith('broad') ? '●' : '?');
}

/** Class of a verdict's colour. */
export function toneOf(verdict: string): 'alert' | 'good' | 'quiet' {
  if (verdict === 'benchmark-shadow' || verdict === 'regression') return 'alert';
  return verdict.startsWith('broad') ? 'good' : 'quiet';
}

/** Place in the order of reading; unknown verdicts come after those that ask for action. */
export function rankOf(verdict: string): number {
  const place = order.indexOf(verdict);
  return place < 0 ? 5.5 : place;
}

/** Confidence as marks out of three, beside its word. */
export function confidenceMarks(confidence: string): string {
  return { strong: '●●●', moderate: '●●○', weak: '●○○' }[confidence] ?? '○○○';
}
