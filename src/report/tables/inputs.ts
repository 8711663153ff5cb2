import type { Dossier } from '../../dossier/dossier.ts';
import type { Findings } from '../../findings/finding.ts';
import type { Verdict } from '../../verdict/verdict.ts';

/** The documents of a finished run that tables are made from. */
export interface RunDocuments {
  readonly dossier: Dossier;
  readonly findings: Findings;
  readonly verdict: Verdict;
}
