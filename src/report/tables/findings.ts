import { measuredFields, type Table, tableOf } from '../../base/table.ts';
import type { RunDocuments } from './inputs.ts';

/** One row a comparison and pattern looked for. */
export function findingsTable({ findings }: RunDocuments): Table {
  type Row = (typeof findings.findings)[number];
  return tableOf<Row>('findings', 'what every pattern says about every comparison', findings.findings, [
    { name: 'checkpoint', type: 'text', description: 'subject', of: ({ checkpoint }) => checkpoint },
    { name: 'base', type: 'text', description: 'compared with', of: ({ base }) => base },
    {
      name: 'condition',
      type: 'text',
      description: 'training run, of a finding about one',
      of: ({ condition }) => condition ?? null,
    },
    { name: 'finding', type: 'text', description: 'id of the pattern', of: ({ id }) => id },
    {
      name: 'status',
      type: 'text',
      description: 'detected, not-detected, inconclusive, …',
      of: ({ status }) => status,
    },
    ...measuredFields<Row>('effect', 'size of the effect, in the finding’s unit', ({ effect }) => effect),
    { name: 'plain', type: 'text', description: 'one sentence for anyone', of: ({ plain }) => plain },
    { name: 'names', type: 'text', description: 'families, matrices or layers', of: ({ names }) => names.join(' ') },
  ]);
}
