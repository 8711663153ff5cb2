import { type Table, tableOf } from '../base/table.ts';
import type { ScoresDocument } from './scores-document.ts';

/** One row a checkpoint, task, metric and filter: what the harness reported, before anything is made of it. */
export function metricTable(documents: readonly ScoresDocument[]): Table {
  const rows = documents.flatMap(({ checkpoint, runs }) =>
    runs.flatMap((run) =>
      run.tasks.flatMap((task) => task.metrics.map((metric) => ({ checkpoint, run, task, metric }))),
    ),
  );
  return tableOf('metrics', 'every metric of every task as the harness reported it', rows, [
    { name: 'checkpoint', type: 'text', description: 'id in the config', of: ({ checkpoint }) => checkpoint },
    { name: 'suite', type: 'text', description: 'id of the suite', of: ({ run }) => run.suite },
    { name: 'harness', type: 'text', description: 'who scored', of: ({ run }) => run.harness },
    { name: 'harness_version', type: 'text', description: 'its version', of: ({ run }) => run.harnessVersion },
    { name: 'task', type: 'text', description: 'task as the harness names it', of: ({ task }) => task.task },
    { name: 'version', type: 'text', description: 'version of the task', of: ({ task }) => task.version },
    { name: 'shots', type: 'integer', description: 'examples in the prompt', of: ({ task }) => task.nShot },
    { name: 'n', type: 'integer', description: 'items', of: ({ task }) => task.n },
    { name: 'metric', type: 'text', description: 'metric', of: ({ metric }) => metric.metric },
    { name: 'filter', type: 'text', description: 'filter', of: ({ metric }) => metric.filter },
    { name: 'value', type: 'number', description: 'as reported', of: ({ metric }) => metric.value },
    { name: 'stderr', type: 'number', description: 'as reported', of: ({ metric }) => metric.stderr },
    { name: 'unit', type: 'text', description: 'what it is counted in', of: ({ metric }) => metric.unit ?? null },
  ]);
}
