export { renderCsv } from './csv.ts';
export { renderHtml } from './html.ts';
export { renderJson } from './json.ts';
export { renderMarkdown } from './markdown.ts';
export type { GlossaryEntry, ReportContext, ReportInput, Templates } from './report-input.ts';
