import type { Dossier } from '../../dossier/dossier.ts';
import { plain, type TableView, table } from './cell.ts';

/** What was opened: source, architecture, what was counted and left out, and whether scores belong to these weights. */
export function checkpointsView({ checkpoints }: Dossier): TableView {
  const rows = checkpoints.map((checkpoint) => [
    { text: checkpoint.id, note: checkpoint.path },
    plain(checkpoint.base ?? '—'),
    plain(checkpoint.architecture ?? 'unknown'),
    plain(checkpoint.parameters === null ? '—' : `${(checkpoint.parameters / 1e6).toFixed(2)} M`),
    {
      text: `${checkpoint.matrices.pooled} of ${checkpoint.matrices.listed}`,
      note: checkpoint.leftOut.map((entry) => `${entry.count}: ${entry.reason}`).join('; '),
    },
    plain(Object.keys(checkpoint.dtypes).join(', ') || '—'),
    {
      text: checkpoint.attestation,
      note: checkpoint.fingerprint === null ? 'not opened' : `fingerprint ${checkpoint.fingerprint}`,
    },
  ]);
  return table(
    'What was opened of each checkpoint',
    ['Checkpoint', 'Base', 'Architecture', 'Parameters', 'Matrices pooled', 'Stored as', 'Scores and weights'],
    rows,
    [3],
  );
}
