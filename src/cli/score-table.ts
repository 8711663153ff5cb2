import Table from 'cli-table3';
import { decimal } from '../base/format.ts';
import type { Taxonomy } from '../families/taxonomy.ts';
import type { RawRuns } from '../harness/raw-runs.ts';
import { taskScore } from '../scores/task-score.ts';
import { printable } from './terminal.ts';

/** Scores of every checkpoint as one table, a row per task, with 95 % half-widths where they exist. */
export function scoreTable(scores: ReadonlyMap<string, RawRuns>, taxonomy: Taxonomy): string {
  const ids = [...scores.keys()];
  if (ids.length === 0) return 'No scores.';
  const table = new Table({
    head: ['task', ...ids.map(printable)],
    colAligns: ['left', ...ids.map(() => 'right' as const)],
    style: { head: [], border: [], compact: true },
  });
  const tasks = [
    ...new Set([...scores.values()].flatMap((runs) => runs.runs.flatMap((run) => run.tasks.map((task) => task.task)))),
  ];
  const scales = new Map(
    taxonomy.families.flatMap((family) =>
      family.tasks.flatMap((task) => [...(task.parts ?? []), task.id].map((name) => [name, task] as const)),
    ),
  );
  for (const id of tasks) {
    table.push([printable(id), ...ids.map((checkpoint) => cell(scores.get(checkpoint), id, scales))]);
  }
  return `${table.toString()}\n  95 % intervals in the report; ± is half of one.`;
}

function cell(
  runs: RawRuns | undefined,
  id: string,
  scales: ReadonlyMap<string, { metric: string; filter: string; chance: number | null; max: number }>,
): string {
  const task = runs?.runs.flatMap((run) => run.tasks).find((entry) => entry.task === id);
  if (!task) return '—';
  const first = task.metrics[0];
  const { score } = taskScore(
    task,
    scales.get(id) ?? { metric: first?.metric ?? '', filter: first?.filter ?? '', chance: null, max: 1 },
  );
  if (score.status !== 'ok') return '—';
  return score.interval
    ? `${decimal(score.value, 3)} ±${decimal((score.interval.high - score.interval.low) / 2, 3)}`
    : decimal(score.value, 3);
}
