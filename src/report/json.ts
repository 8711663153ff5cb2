import type { ReportInput } from './report-input.ts';
import { statementsOf } from './statements/state.ts';

/** The whole report as one JSON document: verdict first, then what it must state, findings and the dossier they rest on. */
export function renderJson(input: ReportInput): string {
  const { context, verdict, findings, dossier } = input;
  const document = {
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
