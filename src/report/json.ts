import Type from 'typebox';
import type { Dossier } from '../dossier/dossier.ts';
import type { Findings } from '../findings/finding.ts';
import type { Verdict } from '../verdict/verdict.ts';
import type { ReportInput } from './report-input.ts';
import { statementsOf } from './statements/state.ts';
import type { ReportStatements } from './statements/statement.ts';

const closed = { additionalProperties: false } as const;

/** A document with a schema of its own, named by its published id. */
const other = <T>(name: string) => Type.Unsafe<T>({ $ref: `skiagram:${name}:1.0` });

/** `report.json`: the whole report as one document. */
export const ReportDocument = Type.Object(
  {
    schemaVersion: Type.Literal('1.0'),
    title: Type.String(),
    /** Where and with what the run was made. */
    context: Type.Object(
      {
        tool: Type.Object({ name: Type.String(), version: Type.String() }, closed),
        created: Type.String({ description: 'ISO 8601, UTC: when the run started.' }),
        engine: Type.String(),
        node: Type.String(),
        platform: Type.String(),
      },
      closed,
    ),
    verdict: other<Verdict>('verdict'),
    statements: other<ReportStatements>('statements'),
    findings: other<Findings>('findings'),
    dossier: other<Dossier>('dossier'),
  },
  { ...closed, title: 'report.json' },
);
export type ReportDocument = Type.Static<typeof ReportDocument>;

/** The whole report as one JSON document: verdict first, then what it must state, findings and the dossier they rest on. */
export function renderJson(input: ReportInput): string {
  const { context, verdict, findings, dossier } = input;
  const document: ReportDocument = {
    schemaVersion: '1.0',
    title: dossier.title,
    context,
    verdict,
    statements: statementsOf(input),
    findings,
    dossier,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
