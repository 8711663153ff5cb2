import type { Table } from '../../base/table.ts';
import { checkpointsTable } from './checkpoints.ts';
import { comparisonsTable } from './comparisons.ts';
import { diagnosticsTable } from './diagnostics.ts';
import { familiesTable } from './families.ts';
import { findingsTable } from './findings.ts';
import { gainsTable } from './gains.ts';
import type { RunDocuments } from './inputs.ts';
import { scoresTable } from './scores.ts';
import { trajectoriesTable } from './trajectories.ts';

/** Every table made from the documents of a finished run; per-item results are kept apart, in Parquet. */
export const tables: readonly ((run: RunDocuments) => Table)[] = [
  comparisonsTable,
  familiesTable,
  gainsTable,
  scoresTable,
  findingsTable,
  diagnosticsTable,
  checkpointsTable,
  trajectoriesTable,
];
