import type { ReportInput } from './report-input.ts';

/** The whole report as one JSON document: verdict first, then findings and the dossier they rest on. */
export function renderJson({ context, verdict, findings, dossier, gate }: ReportInput): string {
  return `${JSON.stringify({ schemaVersion: '1.0', title: dossier.title, context, verdict, ...(gate ? { gate } : {}), findings, dossier }, null, 2)}\n`;
}
