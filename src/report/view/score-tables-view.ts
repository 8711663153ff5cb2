import type { Dossier, DossierCheckpoint, ScoreRow } from '../../dossier/dossier.ts';
import { type Cell, cell, plain, type TableView, table } from './cell.ts';

/** Checkpoints per table: more columns than this do not fit on a page. */
const columns = 6;

/** Score of every task and checkpoint, in as many tables as the width of a page asks for. */
export function scoreTables({ checkpoints }: Dossier): TableView[] {
  const shown = checkpoints.filter((checkpoint) => checkpoint.scores.length > 0);
  const blocks = Array.from({ length: Math.ceil(shown.length / columns) }, (_, index) =>
    shown.slice(index * columns, (index + 1) * columns),
  );
  const tasks = [
    ...new Map(shown.flatMap((checkpoint) => checkpoint.scores.map((row) => [row.task, row] as const))).values(),
  ];
  const byTask = new Map(
    shown.map(({ id, scores }) => [id, new Map(scores.map((row) => [row.task, row] as const))] as const),
  );
  return blocks.map((block, index) => {
    const part = blocks.length > 1 ? `, part ${index + 1} of ${blocks.length}` : '';
    const names = block.map(({ id, attestation }) => (attestation === 'unattested' ? `${id} (unattested)` : id));
    return table(
      `Score per task and checkpoint${part}`,
      ['Task', ...names],
      tasks.map((task) => scoreRow(task, block, byTask)),
      block.map((_, column) => column + 1),
    );
  });
}

/** A note that says only how many items there were, and how many of them were right. */
const countOnly = /^(?:n = \d+|\d+ of \d+)$/;

/** A number of items that all checkpoints share is said once, beside the task. */
function scoreRow(
  { task, family, metric, chance }: ScoreRow,
  block: readonly DossierCheckpoint[],
  byTask: ReadonlyMap<string, ReadonlyMap<string, ScoreRow>>,
): Cell[] {
  const rows = block.map(({ id }) => byTask.get(id)?.get(task));
  const cells = rows.map((row) => (row ? cell(row.score, 3) : { text: '—', note: 'not evaluated' }));
  const counts = new Set(rows.map((row) => (row?.score.status === 'ok' ? row.score.n : undefined)));
  const [n] = counts;
  const shared = counts.size === 1 && n !== undefined;
  return [
    {
      text: task,
      note: `${family ?? 'no family'}; ${metric}, chance ${chance ?? 'not known'}${shared ? `; n = ${n}` : ''}`,
    },
    ...(shared ? cells.map((own) => (own.note.match(countOnly) ? plain(own.text) : own)) : cells),
  ];
}
