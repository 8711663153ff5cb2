import type { Command, Session } from '../command.ts';

/** `skiagram query`: SQL over the tables of finished runs. */
export const query: Command = {
  name: 'query',
  summary: 'ask the tables of a run in SQL',
  description:
    'Loads the tables of one or more finished runs into DuckDB and prints what the SQL gives: comparisons, families, gains, scores, findings, diagnostics, checkpoints and samples (per-item results). Every table has a column `run`. The query sees these tables and nothing else: no files, no network.\nThe per-item results also lie in <run>/samples/*.parquet, for DuckDB, pandas or Polars.',
  arguments: [
    { name: '[sql]', text: 'one SQL statement (DuckDB’s dialect)' },
    { name: '[runs...]', text: 'run folders (default: the newest under runs/)' },
  ],
  flags: [
    { flags: '--tables', text: 'list the tables with their columns instead' },
    { flags: '--csv', text: 'print CSV' },
  ],
  examples: [
    { line: 'skiagram query --tables runs/tiny', text: 'what can be asked' },
    {
      line: 'skiagram query "SELECT checkpoint, family, fixed, fixed_low, fixed_high FROM families ORDER BY fixed DESC LIMIT 5" runs/tiny',
      text: 'the five largest family gains of the run made with the first example of `skiagram run`',
    },
    {
      line: 'skiagram query "SELECT checkpoint, avg(value) AS acc, count(*) AS items FROM samples WHERE metric = \'acc\' GROUP BY ALL ORDER BY ALL" runs/tiny --csv',
      text: 'from per-item results',
    },
  ],
  act: ([sql, runs], options, session) => ask(sql as string | undefined, (runs ?? []) as string[], options, session),
};

/** Rows of a table that are shown before it is cut. */
const shownRows = 200;

async function ask(
  sql: string | undefined,
  runs: readonly string[],
  options: Readonly<Record<string, unknown>>,
  { terminal }: Session,
): Promise<number> {
  const { SkiagramError } = await import('../../base/error.ts');
  const { newestRun } = await import('../../pipeline/report-again.ts');
  const { queryRuns } = await import('../../pipeline/query-run.ts');
  // With --tables there is no SQL, so the first argument is a run.
  const named = options.tables === true && sql !== undefined ? [sql, ...runs] : runs;
  const folders = named.length > 0 ? named : [await newestRun('runs')];
  if (options.tables === true) return listTables(folders, terminal);
  if (sql === undefined || sql.trim() === '')
    throw new SkiagramError({
      code: 'query-missing',
      message: 'There is no SQL to run.',
      hint: 'Give one statement in quotes, or --tables to see what can be asked.',
      exitCode: 2,
    });
  const { columns, rows } = await queryRuns(folders, sql);
  if (terminal.json) {
    const objects = rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null])));
    terminal.printJson({ schemaVersion: '1.0', columns, rows: objects });
    return 0;
  }
  if (options.csv === true) {
    const { csv } = await import('../../base/csv.ts');
    terminal.print(csv([columns, ...rows]));
    return 0;
  }
  const { resultTable } = await import('../result-table.ts');
  terminal.print(resultTable(columns, rows.slice(0, shownRows)));
  if (rows.length > shownRows)
    terminal.note(`  ${rows.length - shownRows} more rows: add LIMIT, or print all with --csv or --json.`);
  return 0;
}

async function listTables(folders: readonly string[], terminal: Session['terminal']): Promise<number> {
  const { runTables } = await import('../../pipeline/query-run.ts');
  const { bold, dim } = terminal.colors;
  const listed = (await runTables(folders)).map((table) => ({
    name: table.name,
    description: table.description,
    rows: table.columns[0]?.data.length ?? 0,
    columns: table.columns.map(({ name, type, description }) => ({ name, type, description })),
  }));
  if (terminal.json) terminal.printJson({ schemaVersion: '1.0', tables: listed });
  for (const table of listed) {
    terminal.print(`${bold(table.name)}  ${table.description}, ${table.rows} rows`);
    const width = Math.max(...table.columns.map(({ name }) => name.length));
    for (const column of table.columns)
      terminal.print(`  ${column.name.padEnd(width)}  ${dim(`${column.type}, ${column.description}`)}`);
    terminal.print();
  }
  return 0;
}
