import type { LeftOut, RawRun } from '../raw-run.ts';
import type { Reader, ReadOptions } from '../reader.ts';
import { parseDelimited } from '../source/delimited.ts';
import type { SourceFile } from '../source/open-source.ts';
import type { TableRows } from '../source/table-rows.ts';
import { tableColumns, wantedColumns } from './columns.ts';
import { parquetTable } from './parquet-table.ts';
import { taskOfItems, taskOfScores } from './read-task.ts';
import { type ScoreRow, scoreRow } from './row.ts';

/** A table that somebody made: one score a row, or one item a row. */
export const table: Reader = {
  title: 'a table (CSV, TSV, Parquet)',
  reads: '`*.csv`, `*.tsv` or `*.parquet` with a column each for task, metric and value, or a mapping that names them',
  lastResort: true,
  async recognises(file) {
    if (/\.parquet$/i.test(file.name)) return (await file.head()).toString('latin1', 0, 4) === 'PAR1';
    if (delimiter(file) === undefined) return false;
    const head = await file.head();
    return head.length > 0 && !head.includes(0) && !/^\s*[{[<]/.test(head.toString('utf8'));
  },
  async read(heads, _source, options) {
    const runs: RawRun[] = [];
    for (const head of heads) runs.push(...(await readTable(head, options)));
    return runs;
  },
};

async function readTable(file: SourceFile, options: ReadOptions): Promise<RawRun[]> {
  const read = await parsed(file, options);
  const columns = tableColumns(read, file.name, options.mapping);
  const rows = read.rows.map((row) => scoreRow(file.name, row, columns));
  const perItem = columns.item !== undefined;
  const files = [{ name: file.name, sha256: await file.sha256() }];
  return [...grouped(rows, ({ model }) => JSON.stringify(model)).values()].map((ofModel): RawRun => {
    const tasks = [...grouped(ofModel, ({ task }) => task)].map(([task, ofTask]) =>
      perItem ? taskOfItems(file.name, task, ofTask) : taskOfScores(file.name, task, ofTask),
    );
    return {
      schemaVersion: '1.0',
      harness: 'table',
      harnessVersion: null,
      model: ofModel[0]?.model ?? null,
      suite: options.suite,
      fingerprint: options.fingerprint,
      claimed: !perItem,
      settings: {},
      date: null,
      files,
      tasks,
      leftOut: leftOut(file.name, columns.unread, ofModel, perItem && columns.stderr !== undefined),
    };
  });
}

async function parsed(file: SourceFile, options: ReadOptions): Promise<TableRows> {
  const separator = delimiter(file);
  return separator === undefined
    ? parquetTable(await file.bytes(), file.name, wantedColumns(options.mapping))
    : parseDelimited(await file.bytes(), file.name, separator);
}

function delimiter({ name }: SourceFile): ',' | '\t' | undefined {
  if (/\.csv$/i.test(name)) return ',';
  return /\.(?:tsv|tab)$/i.test(name) ? '\t' : undefined;
}

/** Values with equal keys together, in the order in which the keys first come. */
function grouped<Value>(values: readonly Value[], keyOf: (value: Value) => string): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}

function leftOut(name: string, unread: readonly string[], rows: readonly ScoreRow[], errors: boolean): LeftOut[] {
  return [
    ...unread.map((column) => ({ what: `column "${column}" of ${name}`, reason: 'it is no part of the mapping' })),
    ...(errors ? [{ what: `standard errors in ${name}`, reason: 'rows are items: the error follows from them' }] : []),
    ...(rows.some(({ unit }) => unit === 'unknown')
      ? [
          {
            what: `scale of ${name}`,
            reason:
              'neither a column `scale` nor the mapping says whether values are proportions, percentages or points',
          },
        ]
      : []),
  ];
}
