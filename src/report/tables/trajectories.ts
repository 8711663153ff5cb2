import { measuredFields, type Table, tableOf } from '../../base/table.ts';
import type { Trajectory, TrajectoryPoint } from '../../dossier/trajectory.ts';
import type { RunDocuments } from './inputs.ts';

type Row = TrajectoryPoint & Pick<Trajectory, 'condition' | 'reference' | 'trend'>;

/** One row a checkpoint of a training run: its share, the reference's difference and their test. */
export function trajectoriesTable({ dossier }: RunDocuments): Table {
  const rows = (dossier.trajectories ?? []).flatMap(({ condition, reference, trend, points }) =>
    points.map((point): Row => ({ ...point, condition, reference, trend })),
  );
  return tableOf<Row>('trajectories', 'checkpoints of training runs beside the reference run', rows, [
    { name: 'condition', type: 'text', description: 'training run', of: ({ condition }) => condition },
    { name: 'reference', type: 'text', description: 'run it is compared with', of: ({ reference }) => reference },
    { name: 'checkpoint', type: 'text', description: 'id in the config', of: ({ checkpoint }) => checkpoint },
    { name: 'step', type: 'number', description: 'training step', of: ({ step }) => step },
    { name: 'warm_up', type: 'boolean', description: 'first checkpoint, not judged', of: ({ warmUp }) => warmUp },
    ...measuredFields<Row>('share', 'share of α in [2, 6], %', ({ share }) => share),
    { name: 'band', type: 'text', description: 'colour of Table 1: green, yellow, red', of: ({ band }) => band },
    ...measuredFields<Row>('difference', 'share minus the reference’s, points', (row) => row.difference ?? undefined),
    { name: 'test', type: 'text', description: 'McNemar or Fisher', of: ({ test }) => test?.method ?? null },
    { name: 'p', type: 'number', description: 'two-sided exact p', of: ({ test }) => test?.p ?? null },
    { name: 'q', type: 'number', description: 'p after BH over the run', of: ({ test }) => test?.q ?? null },
    {
      name: 'best_p',
      type: 'number',
      description: 'smallest p that any pairing could give',
      of: ({ test }) => test?.best ?? null,
    },
    ...measuredFields<Row>(
      'alpha_difference',
      'median over matched matrices of α minus the reference’s',
      (row) => row.alphaDifference ?? undefined,
    ),
    { name: 'trend', type: 'text', description: 'label of the run', of: ({ trend }) => trend.label },
    { name: 'resolved', type: 'boolean', description: 'whether a test carries it', of: ({ trend }) => trend.resolved },
  ]);
}
