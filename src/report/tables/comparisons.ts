import { measuredFields, type Table, tableOf } from '../../base/table.ts';
import type { RunDocuments } from './inputs.ts';

/** One row a comparison: verdict and the indices behind it. */
export function comparisonsTable({ verdict }: RunDocuments): Table {
  type Row = (typeof verdict.comparisons)[number];
  return tableOf<Row>('comparisons', 'verdict of every comparison', verdict.comparisons, [
    { name: 'checkpoint', type: 'text', description: 'subject', of: ({ checkpoint }) => checkpoint },
    { name: 'base', type: 'text', description: 'compared with', of: ({ base }) => base },
    { name: 'verdict', type: 'text', description: 'id of the verdict', of: (row) => row.verdict },
    { name: 'confidence', type: 'text', description: 'none, weak, moderate or strong', of: (row) => row.confidence },
    { name: 'pattern', type: 'text', description: 'pattern of the gains', of: ({ asymmetry }) => asymmetry.pattern },
    ...measuredFields<Row>('s', 'shadow contrast, κ-points', ({ asymmetry }) => asymmetry.S),
    ...measuredFields<Row>('p_asymmetric', 'largest p of the four tests', ({ asymmetry }) => asymmetry.pAsymmetric),
    {
      name: 'restructuring',
      type: 'text',
      description: 'limited, partial, deep',
      of: (row) => row.restructuring.label,
    },
    ...measuredFields<Row>('d', 'depth score, 0..1', ({ restructuring }) => restructuring.D),
    ...measuredFields<Row>('g', 'geometry score, 0..1', ({ restructuring }) => restructuring.G),
    { name: 'sentence', type: 'text', description: 'the verdict in words', of: ({ sentence }) => sentence },
  ]);
}
