import { readdir, stat } from 'node:fs/promises';
import { exitCodes, SkiagramError } from '../base/error.ts';
import type { Cell, Column, Table } from '../base/table.ts';
import { Dossier } from '../dossier/dossier.ts';
import { Findings } from '../findings/finding.ts';
import { metricTable } from '../harness/metric-table.ts';
import { sampleTable } from '../harness/sample-table.ts';
import { ScoresDocument } from '../harness/scores-document.ts';
import { tables } from '../report/tables/registry.ts';
import { readParquet } from '../store/parquet-rows.ts';
import { type QueryResult, queryTables } from '../store/query-tables.ts';
import { RunFolder } from '../store/run-folder.ts';
import { Verdict } from '../verdict/verdict.ts';

/** Runs SQL over the tables of finished runs; each table starts with a column `run` that holds the run folder. */
export async function queryRuns(folders: readonly string[], sql: string): Promise<QueryResult> {
  return queryTables(await runTables(folders), sql);
}

/**
 * The tables of finished runs, stacked: what the documents hold, and per-item results as `samples`.
 *
 * @throws SkiagramError `run-missing`, `artifact-invalid`
 */
export async function runTables(folders: readonly string[]): Promise<Table[]> {
  const runs: { folder: string; tables: Table[] }[] = [];
  for (const folder of folders) {
    const made = [...(await documentTables(folder)), await metrics(folder), await samples(folder)];
    if (made.every((table) => table.columns[0]?.data.length === 0)) throw runMissing(folder);
    runs.push({ folder, tables: made });
  }
  const names = [...new Set(runs.flatMap((run) => run.tables.map(({ name }) => name)))];
  return names.map((name) =>
    stacked(runs.map((run) => ({ folder: run.folder, table: run.tables.find((table) => table.name === name) }))),
  );
}

/** Tables of the joined documents; none of them after `evaluate`, which does not join. */
async function documentTables(root: string): Promise<Table[]> {
  const isFolder = (await stat(root).catch(() => undefined))?.isDirectory() ?? false;
  if (!isFolder) throw runMissing(root);
  const folder = RunFolder.at(root);
  const dossier = await folder.read(Dossier, 'dossier.json');
  const findings = await folder.read(Findings, 'findings.json');
  const verdict = await folder.read(Verdict, 'verdict.json');
  if (!dossier || !findings || !verdict) return [];
  return tables.map((make) => make({ dossier, findings, verdict }));
}

/** Every metric of every task as the harness reported it. */
async function metrics(root: string): Promise<Table> {
  const folder = RunFolder.at(root);
  const names = (await readdir(folder.path('scores')).catch(() => [])).filter((name) => name.endsWith('.json')).sort();
  const documents: ScoresDocument[] = [];
  for (const name of names) {
    const document = await folder.read(ScoresDocument, `scores/${name}`);
    if (document) documents.push(document);
  }
  return metricTable(documents);
}

/** Per-item results of all checkpoints of a run, from its Parquet files. */
async function samples(root: string): Promise<Table> {
  const empty = sampleTable('', []);
  const folder = RunFolder.at(root);
  const files = (await readdir(folder.path('samples')).catch(() => []))
    .filter((name) => name.endsWith('.parquet'))
    .sort();
  const rows: Record<string, unknown>[] = [];
  for (const file of files) {
    const read = await readParquet(
      folder.path('samples', file),
      empty.columns.map(({ name }) => name),
    );
    for (const row of read ?? []) rows.push(row);
  }
  return {
    ...empty,
    columns: empty.columns.map((column) => ({
      ...column,
      data: rows.map((row) => (row[column.name] ?? null) as Cell),
    })),
  };
}

function runMissing(root: string): SkiagramError {
  return new SkiagramError({
    code: 'run-missing',
    message: `${root} holds no run: no dossier.json, no scores and no samples.`,
    hint: 'Make one with `skiagram run` or `skiagram evaluate`, or name its folder.',
    exitCode: exitCodes.usage,
  });
}

/** One table of several runs under each other, with the run in front; a run that lacks the table adds no rows. */
function stacked(parts: readonly { readonly folder: string; readonly table: Table | undefined }[]): Table {
  const first = parts.find(({ table }) => table !== undefined);
  if (first?.table === undefined) throw new Error('unreachable: the name came from one of these runs');
  const run: Column = {
    name: 'run',
    type: 'text',
    description: 'run folder',
    data: parts.flatMap(({ folder, table }) => table?.columns[0]?.data.map(() => folder) ?? []),
  };
  const columns = first.table.columns.map((column, index) => ({
    ...column,
    data: parts.flatMap(({ table }) => table?.columns[index]?.data ?? []),
  }));
  return { ...first.table, columns: [run, ...columns] };
}
