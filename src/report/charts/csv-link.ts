import { csv as csvText } from '../../base/csv.ts';
import type { Chart } from './chart.ts';

/**
 * A chart's numbers as a data: address that one can save without a script, as `base/csv.ts` writes them.
 */
export function csvLink({ csv, table }: Pick<Chart, 'csv' | 'table'>): string {
  const { head, rows } = csv ?? table;
  return `data:text/csv;charset=utf-8,${address(csvText([head, ...rows]))}`;
}

/** Only what an address in an attribute cannot hold is written as %XX; letters of all scripts stay as they are. */
function address(text: string): string {
  return text.replaceAll(
    /[%#"'<>&`{}\\ \n\r\t]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
