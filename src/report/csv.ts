import { csv } from '../base/csv.ts';
import type { Column, Table } from '../base/table.ts';
import type { RunDocuments } from './tables/inputs.ts';
import { tables } from './tables/registry.ts';

/**
 * The tables of a run as files: `<name>.csv` (RFC 4180, UTF-8, one observation a row, numbers in full, nothing where there is no
 * value) and `datapackage.json`, which says what every column holds (Data Package 2.0, datapackage.org). Text that a spreadsheet
 * would compute is led by an apostrophe; the Parquet files have it as it is.
 *
 * @returns file name -> content
 */
export function renderCsv(run: RunDocuments): ReadonlyMap<string, string> {
  const made = tables.map((make) => make(run));
  const description = {
    $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
    name: 'skiagram-run',
    title: run.dossier.title,
    schemaVersion: '1.0',
    resources: made.map(resource),
  };
  return new Map([
    ...made.map((table) => [`${table.name}.csv`, text(table)] as const),
    ['datapackage.json', `${JSON.stringify(description, null, 2)}\n`],
  ]);
}

function text({ columns }: Table): string {
  const rows = Array.from({ length: columns[0]?.data.length ?? 0 }, (_, row) => columns.map(({ data }) => data[row]));
  return `${csv([columns.map(({ name }) => name), ...rows])}\n`;
}

const types: Readonly<Record<Column['type'], string>> = {
  text: 'string',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
};

function resource({ name, description, columns }: Table): object {
  return {
    name,
    description,
    path: `${name}.csv`,
    type: 'table',
    format: 'csv',
    mediatype: 'text/csv',
    encoding: 'utf-8',
    schema: {
      fields: columns.map((column) => ({
        name: column.name,
        type: types[column.type],
        description: column.description,
      })),
      missingValues: [''],
    },
  };
}
