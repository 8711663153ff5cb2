import { measuredFields, type Table, tableOf } from '../../base/table.ts';
import type { RunDocuments } from './inputs.ts';

/** One row a comparison and task: subject minus base on the same items. */
export function gainsTable({ dossier }: RunDocuments): Table {
  const rows = dossier.comparisons.flatMap(({ checkpoint, base, scores }) =>
    scores.status === 'ok' ? scores.tasks.map((task) => ({ checkpoint, comparedWith: base, task })) : [],
  );
  type Row = (typeof rows)[number];
  return tableOf<Row>('gains', 'gain of every task, subject minus base', rows, [
    { name: 'checkpoint', type: 'text', description: 'subject', of: (row) => row.checkpoint },
    { name: 'base', type: 'text', description: 'compared with', of: (row) => row.comparedWith },
    { name: 'family', type: 'text', description: 'family it counts in', of: ({ task }) => task.family },
    { name: 'task', type: 'text', description: 'task of the harness', of: ({ task }) => task.task },
    { name: 'n', type: 'integer', description: 'items compared', of: ({ task }) => task.n },
    { name: 'clusters', type: 'integer', description: 'clusters among them', of: ({ task }) => task.clusters },
    { name: 'before', type: 'number', description: 'score of the base', of: ({ task }) => task.base },
    { name: 'after', type: 'number', description: 'score of the subject', of: ({ task }) => task.subject },
    ...measuredFields<Row>('gain', 'κ-points', ({ task }) => task.gain),
    ...measuredFields<Row>('logit', 'log-odds', ({ task }) => task.logit),
    { name: 'method', type: 'text', description: 'where the standard error comes from', of: ({ task }) => task.se },
    {
      name: 'flags',
      type: 'text',
      description: 'ceiling, floor, few-items, …',
      of: ({ task }) => task.flags.join(' '),
    },
  ]);
}
