import { visibleLines } from './visible.ts';

/**
 * Rows as RFC 4180 text, numbers in full, nothing for null. Text that a spreadsheet would take for a formula is led by
 * an apostrophe, which spreadsheets read as "this is text"; control characters are made visible. The one place where CSV is written.
 */
export function csv(rows: readonly (readonly unknown[])[]): string {
  return rows.map((row) => row.map(cell).join(',')).join('\n');
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  if (typeof value === 'boolean') return String(value);
  const text = visibleLines(typeof value === 'string' ? value : JSON.stringify(value));
  const harmless = /^\s*[=+\-@]|^[\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
