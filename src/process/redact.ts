/**
 * Removes what a tool's own message may give away: credentials in addresses and access tokens.
 *
 * @example `redact('https://me:secret@host/x')` is `'https://***@host/x'`.
 */
export function redact(text: string): string {
  return text
    .replace(/\bbearer\s+[^\s"']+/gi, 'Bearer ***')
    .replace(/:\/\/[^/\s@]+@/g, '://***@')
    .replace(/\b(?:hf_|sk-|ghp_|glpat-)[A-Za-z0-9_-]{8,}/g, '***')
    .replace(/\b(token|api[_-]?key|password)(["']?\s*[=:]\s*["']?)(?!None\b)[^\s"',)}]+/gi, '$1$2***');
}
