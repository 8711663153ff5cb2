import { type Table, tableOf } from '../../base/table.ts';
import type { RunDocuments } from './inputs.ts';

/** One row a checkpoint: what was opened. */
export function checkpointsTable({ dossier }: RunDocuments): Table {
  return tableOf('checkpoints', 'the checkpoints of the run', dossier.checkpoints, [
    { name: 'checkpoint', type: 'text', description: 'id in the config', of: ({ id }) => id },
    { name: 'base', type: 'text', description: 'id of the checkpoint it was trained from', of: ({ base }) => base },
    { name: 'condition', type: 'text', description: 'training run it belongs to', of: ({ condition }) => condition },
    { name: 'step', type: 'number', description: 'training step', of: ({ step }) => step },
    { name: 'architecture', type: 'text', description: 'as its config file says', of: (row) => row.architecture },
    { name: 'parameters', type: 'integer', description: 'number of weights', of: ({ parameters }) => parameters },
    { name: 'matrices', type: 'integer', description: 'matrices pooled', of: ({ matrices }) => matrices.pooled },
    { name: 'fingerprint', type: 'text', description: 'SHA-256 over the weights', of: (row) => row.fingerprint },
    {
      name: 'attestation',
      type: 'text',
      description: 'attested where scores and weights carry the same fingerprint',
      of: ({ attestation }) => attestation,
    },
  ]);
}
