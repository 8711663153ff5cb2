/** Is this text a path of some machine? Such values are not kept: they say nothing of a score, and may be private. */
export function isPlace(value: unknown): boolean {
  return typeof value === 'string' && /^(?:[/~\\]|[A-Za-z]:[\\/]|\.\.?[\\/]|file:)/.test(value);
}
