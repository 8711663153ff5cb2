/** Formats that a finished run can be rendered in: pages, one document, and tables. */
export const reportFormats = ['html', 'pdf', 'md', 'json', 'csv', 'parquet'] as const;
export type ReportFormat = (typeof reportFormats)[number];
