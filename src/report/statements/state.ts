import type { ReportInput } from '../report-input.ts';
import { stateComparison } from './state-comparison.ts';
import { stateReport } from './state-report.ts';
import { comparisonTitles, type ReportStatements, type Statement, wholeTitles } from './statement.ts';

/** Everything a report must state (METHOD § 8). Throws where an entry is missing or empty: such a report must not be made. */
export function statementsOf(input: ReportInput): ReportStatements {
  const { dossier, verdict } = input;
  const stated: ReportStatements = {
    schemaVersion: '1.0',
    report: stateReport(input),
    comparisons: dossier.comparisons.flatMap((comparison) => {
      const own = verdict.comparisons.find(
        (entry) => entry.checkpoint === comparison.checkpoint && entry.base === comparison.base,
      );
      return own ? [stateComparison(comparison, own, dossier.checkpoints)] : [];
    }),
  };
  return checkedStatements(stated);
}

/**
 * The same document, or an error that names what is missing. The schema says the same and is held to it by a test; compiling it
 * would cost a tenth of a small report's time.
 */
export function checkedStatements(stated: ReportStatements): ReportStatements {
  const said = (of: string, statements: object, titles: object): void => {
    for (const key of Object.keys(titles)) {
      const statement = (statements as Record<string, Statement | undefined>)[key];
      if (!statement || statement.text === '') throw new Error(`A report does not state what it must: ${of}: ${key}.`);
    }
  };
  said('the report', stated.report, wholeTitles);
  for (const own of stated.comparisons) said(`${own.checkpoint} against ${own.base}`, own, comparisonTitles);
  return stated;
}
