import type { Dossier } from '../dossier/dossier.ts';
import type { Findings } from '../findings/finding.ts';
import type { Gate } from '../gate/gate.ts';
import type { Verdict } from '../verdict/verdict.ts';

/** One explained term; also what `skiagram explain` prints. */
export interface GlossaryEntry {
  readonly kind: 'diagnostic' | 'finding';
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly formula: string;
  readonly unit: string;
  readonly source: string;
  readonly thresholds: readonly { readonly name: string; readonly value: string; readonly provenance: string }[];
}

/** Where and with what the run was made. `created` is the only time in a report. */
export interface ReportContext {
  readonly tool: { readonly name: string; readonly version: string };
  /** ISO 8601, UTC. */
  readonly created: string;
  readonly engine: string;
  readonly node: string;
  readonly platform: string;
}

/** File name -> content of everything in templates/. */
export type Templates = Readonly<Record<string, string>>;

/** Everything a report is made of; equal inputs give equal bytes. */
export interface ReportInput {
  readonly dossier: Dossier;
  readonly findings: Findings;
  readonly verdict: Verdict;
  /** Outcome of a release policy; left out where none was judged. */
  readonly gate?: Gate;
  readonly context: ReportContext;
  readonly glossary: readonly GlossaryEntry[];
  readonly templates: Templates;
}
