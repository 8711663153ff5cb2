import { measuredFields, type Table, tableOf } from '../../base/table.ts';
import type { RunDocuments } from './inputs.ts';

/** One row a checkpoint and task: what it scored. */
export function scoresTable({ dossier }: RunDocuments): Table {
  const rows = dossier.checkpoints.flatMap(({ id, scores }) => scores.map((score) => ({ checkpoint: id, ...score })));
  return tableOf('scores', 'scores of every checkpoint on every task', rows, [
    { name: 'checkpoint', type: 'text', description: 'id in the config', of: (row) => row.checkpoint },
    { name: 'task', type: 'text', description: 'task of the harness', of: ({ task }) => task },
    { name: 'family', type: 'text', description: 'family it counts in; null = in none', of: ({ family }) => family },
    { name: 'metric', type: 'text', description: 'metric that is read', of: ({ metric }) => metric },
    { name: 'filter', type: 'text', description: 'filter that is read', of: ({ filter }) => filter },
    ...measuredFields<(typeof rows)[number]>('score', 'on the metric’s own scale', ({ score }) => score),
    {
      name: 'n',
      type: 'integer',
      description: 'items',
      of: ({ score }) => (score.status === 'ok' ? (score.n ?? null) : null),
    },
    { name: 'chance', type: 'number', description: 'expected score of guessing', of: ({ chance }) => chance },
    ...measuredFields<(typeof rows)[number]>('kappa', '(score − chance)/(max − chance), 0..1', ({ kappa }) => kappa),
    {
      name: 'warnings',
      type: 'text',
      description: 'what was odd, joined by ";"',
      of: ({ warnings }) => (warnings.length > 0 ? warnings.join('; ') : null),
    },
  ]);
}
