import type { Chart } from './chart.ts';

/**
 * A chart's numbers as a data: address that one can save without a script. CSV after RFC 4180; text that a spreadsheet
 * would take for a formula is led by an apostrophe; control characters become spaces.
 */
export function csvLink({ csv, table }: Pick<Chart, 'csv' | 'table'>): string {
  const { head, rows } = csv ?? table;
  const text = [head, ...rows].map((row) => row.map(cell).join(',')).join('\n');
  return `data:text/csv;charset=utf-8,${address(text)}`;
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  const text = value.replaceAll(/[\u0000-\u001f\u007f]/g, ' ');
  const harmless = /^\s*[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Only what an address in an attribute cannot hold is written as %XX; letters of all scripts stay as they are. */
function address(text: string): string {
  return text.replaceAll(
    /[%#"'<>&`{}\\ \n]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
