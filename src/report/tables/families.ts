import { measuredFields, type Table, tableOf } from '../../base/table.ts';
import type { RunDocuments } from './inputs.ts';

/** One row a comparison and family. */
export function familiesTable({ dossier }: RunDocuments): Table {
  const rows = dossier.comparisons.flatMap(({ checkpoint, base, scores }) =>
    scores.status === 'ok' ? scores.families.map((family) => ({ checkpoint, comparedWith: base, family })) : [],
  );
  type Row = (typeof rows)[number];
  return tableOf<Row>('families', 'gain of every family, subject minus base', rows, [
    { name: 'checkpoint', type: 'text', description: 'subject', of: (row) => row.checkpoint },
    { name: 'base', type: 'text', description: 'compared with', of: (row) => row.comparedWith },
    { name: 'family', type: 'text', description: 'id of the family', of: ({ family }) => family.family },
    { name: 'side', type: 'text', description: 'targeted, coverage or other', of: ({ family }) => family.side },
    { name: 'tasks', type: 'integer', description: 'tasks in it', of: ({ family }) => family.tasks },
    ...measuredFields<Row>('fixed', 'gain on these benchmarks, κ-points', ({ family }) => family.fixed),
    ...measuredFields<Row>('random', 'gain on this kind of task, κ-points', ({ family }) => family.random),
    {
      name: 'kappa_before',
      type: 'number',
      description: 'mean κ of the base, points',
      of: (row) => row.family.kappaBase,
    },
    { name: 'kappa_after', type: 'number', description: 'mean κ of the subject', of: (row) => row.family.kappaSubject },
    { name: 'q_gain', type: 'number', description: 'BH-adjusted p of no gain', of: ({ family }) => family.qGain },
    { name: 'q_loss', type: 'number', description: 'BH-adjusted p of no loss', of: ({ family }) => family.qLoss },
  ]);
}
