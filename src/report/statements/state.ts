import { pathText, problemsOf } from '../../base/validate.ts';
import type { ReportInput } from '../report-input.ts';
import { ReportStatements } from './statement.ts';
import { stateComparison } from './state-comparison.ts';
import { stateReport } from './state-report.ts';

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

/** The same document, or an error that names what is missing. */
export function checkedStatements(stated: ReportStatements): ReportStatements {
  const [first] = problemsOf(ReportStatements, stated);
  if (first) throw new Error(`A report does not state what it must: ${pathText(first.path)}: ${first.message}`);
  return stated;
}
