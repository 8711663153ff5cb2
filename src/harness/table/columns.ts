import { didYouMean } from '../../base/did-you-mean.ts';
import { SkiagramError } from '../../base/error.ts';
import type { TableMapping } from '../../base/table-mapping.ts';
import type { TableRows } from '../source/table-rows.ts';

const fields = [
  'model',
  'task',
  'metric',
  'filter',
  'value',
  'stderr',
  'n',
  'item',
  'cluster',
  'version',
  'shots',
] as const;
type Field = (typeof fields)[number];

/** Column that says for each row what its number is counted in. */
const scaleColumn = 'scale';

/** Which column holds what; undefined where the table has none. */
export interface TableColumns extends Readonly<Partial<Record<Field, string>>> {
  readonly value: string;
  readonly scale?: string;
  readonly constant: NonNullable<TableMapping['constant']>;
  readonly mappedScale: TableMapping['scale'];
  /** Columns that nothing is read from. */
  readonly unread: readonly string[];
}

/** Every name that may be asked of a table with this mapping. */
export function wantedColumns(mapping: TableMapping = {}): string[] {
  return [...new Set([...fields.map((field) => mapping[field] ?? field), ...fields, scaleColumn])];
}

/**
 * Which columns to read: those that the mapping names, else those of the usual names (`model`, `task`, `metric`, `filter`,
 * `value`, `stderr`, `n`, `item`, `cluster`, `version`, `shots`, `scale`), where the table has them.
 *
 * @throws SkiagramError `mapping-invalid` where a named column is not there, one column is to be two things, or
 *   nothing says what the task, the metric or the value is
 */
export function tableColumns(table: TableRows, name: string, mapping: TableMapping = {}): TableColumns {
  const found: Partial<Record<Field | 'scale', string>> = {};
  const taken = new Map<string, Field>();
  for (const field of fields) {
    const column = mapping[field] ?? field;
    if (!table.columns.includes(column)) {
      if (mapping[field] !== undefined)
        throw missing(table, name, `column "${column}", named for \`${field}\``, column);
      continue;
    }
    // A column that the mapping gives another meaning keeps only that one.
    if (mapping[field] === undefined && Object.values(mapping).includes(column)) continue;
    const other = taken.get(column);
    if (other !== undefined)
      throw invalid(name, `the column "${column}" is to be both \`${other}\` and \`${field}\``, 'Name two columns.');
    taken.set(column, field);
    found[field] = column;
  }
  const constant = mapping.constant ?? {};
  const { value } = found;
  if (value === undefined) throw missing(table, name, 'column `value`', 'value');
  for (const field of ['task', 'metric'] as const)
    if (found[field] === undefined && constant[field] === undefined)
      throw missing(table, name, `column \`${field}\``, field);
  if (table.columns.includes(scaleColumn) && !taken.has(scaleColumn)) found.scale = scaleColumn;
  const used = new Set(Object.values(found));
  return {
    ...found,
    value,
    constant,
    mappedScale: mapping.scale,
    unread: table.columns.filter((column) => !used.has(column)),
  };
}

function missing(table: TableRows, name: string, what: string, column: string): SkiagramError {
  const meant = didYouMean(column, table.columns);
  const columns = `${table.columns.slice(0, 20).join(', ')}${table.columns.length > 20 ? ', …' : ''}`;
  return invalid(
    name,
    `there is no ${what}; it has ${columns}`,
    meant === undefined
      ? 'Say in `mapping` which column holds it, or give it for all rows under `mapping.constant`.'
      : `Did you mean "${meant}"? Say so in \`mapping\`.`,
  );
}

function invalid(name: string, what: string, hint: string): SkiagramError {
  return new SkiagramError({ code: 'mapping-invalid', message: `${name}: ${what}.`, hint });
}
