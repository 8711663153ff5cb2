import { measuredFields, type Table, tableOf } from '../../base/table.ts';
import type { RunDocuments } from './inputs.ts';

/** One row a matrix and diagnostic; `base` is null for diagnostics of one checkpoint alone. */
export function diagnosticsTable({ dossier }: RunDocuments): Table {
  const single = dossier.checkpoints.flatMap(({ id, matrixDiagnostics }) =>
    matrixDiagnostics.map((matrix) => ({ checkpoint: id, comparedWith: null as string | null, matrix })),
  );
  const paired = dossier.comparisons.flatMap(({ checkpoint, base, weights }) =>
    weights.status === 'ok' ? weights.matrices.map((matrix) => ({ checkpoint, comparedWith: base, matrix })) : [],
  );
  const rows = [...single, ...paired].flatMap(({ matrix, ...rest }) =>
    Object.entries(matrix.diagnostics).map(([diagnostic, measured]) => ({ ...rest, matrix, diagnostic, measured })),
  );
  type Row = (typeof rows)[number];
  return tableOf<Row>('diagnostics', 'every diagnostic of every matrix', rows, [
    { name: 'checkpoint', type: 'text', description: 'subject', of: (row) => row.checkpoint },
    {
      name: 'base',
      type: 'text',
      description: 'compared with; null = one checkpoint alone',
      of: (row) => row.comparedWith,
    },
    { name: 'matrix', type: 'text', description: 'name of the tensor', of: ({ matrix }) => matrix.name },
    { name: 'role', type: 'text', description: 'q, k, v, o, gate, up, down, …', of: ({ matrix }) => matrix.role },
    { name: 'module', type: 'text', description: 'group of modules', of: ({ matrix }) => matrix.group },
    { name: 'depth', type: 'integer', description: 'layer, from 0', of: ({ matrix }) => matrix.depth },
    { name: 'diagnostic', type: 'text', description: 'id; see skiagram explain', of: ({ diagnostic }) => diagnostic },
    ...measuredFields<Row>('value', 'value of the diagnostic', ({ measured }) => measured),
  ]);
}
